using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Ledger;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute serials`: serial numbers of a count behind one Merkle root, each of which can be shown by itself.</summary>
/// <remarks>A leaf is RFC 6962's hash of salt ‖ serial number in UTF-8, with a random salt of 32 bytes each: who sees one learns nothing of
/// its neighbours.</remarks>
internal static class SerialsCommand
{
    public static Command Make() => new("serials", "Serial numbers behind a Merkle root, so that one can be drawn and shown") { Commit(), Show(), Check() };

    private static Command Commit()
    {
        var file = new Argument<string>("file") { Description = "Serial numbers, one a line, `-` for standard input; their order is the order of the places that are drawn" };
        var book = new Option<string>("--book") { Description = "Where to keep the serial numbers with their salts; as secret as they are", Required = true };
        var command = new Command("commit", """
            Make the root for `serialsRoot`, with a fresh salt for each serial number

            Example:
              standstill compute serials commit hall-1.txt --book hall-1.book
            """) { file, book };
        command.SetAction(parsed =>
        {
            string[] serials = [.. Inputs.ReadText(parsed.GetValue(file)!).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
            if (serials.Length == 0 || serials.Distinct(StringComparer.Ordinal).Count() != serials.Length)
            {
                throw new UsageException(serials.Length == 0 ? $"`{parsed.GetValue(file)}` holds no serial number" : $"`{serials.GroupBy(s => s, StringComparer.Ordinal).First(g => g.Count() > 1).Key}` stands there twice; name each accelerator once");
            }

            if (File.Exists(parsed.GetValue(book)!))
            {
                throw new UsageException($"`{parsed.GetValue(book)}` is there already; a lost salt cannot be made again, so name another file");
            }

            var kept = new JsonArray([.. serials.Select(s => new JsonObject { ["serial"] = s, ["salt"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltedCommitment.SaltBytes)) })]);
            File.WriteAllText(parsed.GetValue(book)!, Output.Text(new JsonObject { ["serials"] = kept }) + "\n");
            Output.Line($"serialsRoot {MerkleTree.Root(Leaves(kept)).ToHex()}");
            Output.Line($"count       {serials.Length}; kept with their salts in `{parsed.GetValue(book)}`");
            return Exit.Good;
        });
        return command;
    }

    private static Command Show()
    {
        var book = new Argument<string>("book") { Description = "The book of `serials commit`" };
        var place = new Option<int[]>("--place") { Description = "The places that a challenge drew, from 0", Required = true, AllowMultipleArgumentsPerToken = true };
        var command = new Command("show", """
            Show the serial numbers at some places, with what proves that they were committed to

            Example:
              standstill compute serials show hall-1.book --place 17 204 > shown.json
            """) { book, place };
        command.SetAction(parsed =>
        {
            var kept = Kept(parsed.GetValue(book)!);
            var leaves = Leaves(kept);
            Output.Json(new JsonObject
            {
                ["root"] = MerkleTree.Root(leaves).ToHex(),
                ["count"] = leaves.Length,
                ["shown"] = new JsonArray([.. parsed.GetValue(place)!.Select(p => p >= 0 && p < leaves.Length
                    ? new JsonObject
                    {
                        ["place"] = p,
                        ["serial"] = (string)kept[p]!["serial"]!,
                        ["salt"] = (string)kept[p]!["salt"]!,
                        ["path"] = new JsonArray([.. MerkleTree.ProveInclusion(leaves, p).Path.Select(h => JsonValue.Create(h.ToHex()))]),
                    }
                    : throw new UsageException($"--place: {p} is not a place from 0 to {leaves.Length - 1}"))]),
            });
            return Exit.Good;
        });
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("file") { Description = "What `serials show` wrote, `-` for standard input" };
        var root = new Option<string>("--root") { Description = "`serialsRoot` as it stands on the ledger", Required = true };
        var count = new Option<long>("--count") { Description = "The count as it stands on the ledger", Required = true };
        var places = new Option<int[]>("--place") { Description = "The places that the challenge drew: others, or fewer, are refused", AllowMultipleArgumentsPerToken = true };
        var command = new Command("check", """
            Check shown serial numbers against the root on the ledger; exit status 1 when one does not belong to it

            Example:
              standstill compute serials check shown.json --root 5f1c… --count 512 --place 17 204
            """) { file, root, count, places };
        command.SetAction(parsed =>
        {
            var json = Inputs.ReadJson(parsed.GetValue(file)!);
            var bad = 0;
            try
            {
                foreach (var shown in json.GetProperty("shown").EnumerateArray())
                {
                    var (place, serial) = (shown.GetProperty("place").GetInt64(), shown.GetProperty("serial").GetString()!);
                    var path = shown.GetProperty("path").EnumerateArray().Select(h => new MerkleHash(Convert.FromHexString(h.GetString()!)));
                    var leaf = MerkleHash.OfLeaf([.. Convert.FromHexString(shown.GetProperty("salt").GetString()!), .. Encoding.UTF8.GetBytes(serial)]);
                    var holds = new InclusionProof(place, parsed.GetValue(count), [.. path]).Verify(leaf, new MerkleHash(Convert.FromHexString(parsed.GetValue(root)!)), out var error);
                    Output.Line(holds ? $"good: place {place} is `{serial}`" : $"place {place}, `{serial}`: {error}");
                    bad += holds ? 0 : 1;
                }
            }
            catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
            {
                throw new UsageException($"`{parsed.GetValue(file)}` or --root is not as `serials show` writes it: {e.Message}");
            }

            var shownPlaces = json.GetProperty("shown").EnumerateArray().Select(s => s.GetProperty("place").GetInt64()).Order().ToArray();
            if (parsed.GetValue(places) is { Length: > 0 } drawn && !shownPlaces.SequenceEqual(drawn.Select(d => (long)d).Distinct().Order()))
            {
                Output.Line($"not what was drawn: shown are places {string.Join(", ", shownPlaces)}, drawn were {string.Join(", ", drawn.Distinct().Order())}");
                bad++;
            }

            return bad == 0 ? Exit.Good : Exit.Refused;
        });
        return command;
    }

    private static JsonArray Kept(string book)
    {
        var json = Inputs.ReadJson(book);
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("serials", out var serials) && serials.ValueKind == JsonValueKind.Array && serials.GetArrayLength() > 0
            && serials.EnumerateArray().All(s => s.ValueKind == JsonValueKind.Object && IsText(s, "serial") && IsText(s, "salt") && s.GetProperty("salt").GetString()!.Length == 2 * SaltedCommitment.SaltBytes)
            ? JsonNode.Parse(serials.GetRawText())!.AsArray()
            : throw new UsageException($"`{book}` is not a book of `standstill compute serials commit`");
    }

    private static bool IsText(JsonElement value, string name) => value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String;

    private static MerkleHash[] Leaves(JsonArray kept) =>
        [.. kept.Select(k => MerkleHash.OfLeaf([.. Convert.FromHexString((string)k!["salt"]!), .. Encoding.UTF8.GetBytes((string)k["serial"]!)]))];
}
