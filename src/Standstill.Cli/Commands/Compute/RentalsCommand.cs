using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Standstill.Cli.Commands.Pacts;
using Standstill.Protocol;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute rentals`: rentals behind salted commitments that lessor and tenant can match.</summary>
internal static class RentalsCommand
{
    private const string Header = "lessor,tenant,accelerator,chip_hours,from,to,salt";

    public static Command Make() => new("rentals", "Rentals behind salted commitments, matched without showing a third customer") { Salt(), Commit(), Match() };

    private static Command Salt()
    {
        var file = new Argument<string>("file") { Description = $"A CSV file with the columns `{Header}`, salts left empty where they are to be made" };
        var output = new Option<string>("--out") { Description = "Where to write it with every salt; hand the tenant its own lines, by a way that nobody else reads", Required = true };
        var command = new Command("salt", """
            Give every rental a salt; the lessor does it, once, and hands each tenant its own lines

            Example:
              standstill compute rentals salt spring.csv --out spring-salted.csv
            """) { file, output };
        command.SetAction(parsed =>
        {
            var rentals = Read(parsed.GetValue(file)!, true).Select(r => r with { Salt = r.Salt.Length > 0 ? r.Salt : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltedCommitment.SaltBytes)) }).ToArray();
            File.WriteAllLines(parsed.GetValue(output)!, [Header, .. rentals.Select(r => $"{r.Line.Replace('|', ',')},{r.Salt}")]);
            Output.Line($"written to `{parsed.GetValue(output)}`: {rentals.Length} rentals");
            return Exit.Good;
        });
        return command;
    }

    private static Command Commit()
    {
        var file = new Argument<string>("file") { Description = $"A CSV file with the columns `{Header}`" };
        var from = new Option<string>("--from") { Description = "First day of the period, `2026-01-01`", Required = true };
        var to = new Option<string>("--to") { Description = "Its last day", Required = true };
        var sending = Sending.Make();
        var command = new Command("commit", """
            Make the commitments of a period, sorted, for a `rental-commitments` statement

            Example:
              standstill compute rentals commit spring-salted.csv --from 2026-01-01 --to 2026-03-31 --body rentals.json
            """) { file, from, to };
        sending.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (first, last) = (Figures.Day("--from", parsed.GetValue(from)!), Figures.Day("--to", parsed.GetValue(to)!));
            if (last < first)
            {
                throw new UsageException($"--to: `{last:yyyy-MM-dd}` is before `{first:yyyy-MM-dd}`");
            }

            var commitments = Read(parsed.GetValue(file)!, false).Select(Commitment).Order().ToArray();
            Output.Line($"{commitments.Length} rentals");
            return await sending.DoneAsync(parsed, "rental-commitments", new JsonObject
            {
                ["from"] = $"{first:yyyy-MM-dd}",
                ["to"] = $"{last:yyyy-MM-dd}",
                ["commitments"] = new JsonArray([.. commitments.Select(c => new JsonObject { ["sha256"] = c.Hex })]),
            }, cancellation);
        });
        return command;
    }

    private static Command Match()
    {
        var source = new Argument<string>("source") { Description = "The ledger: an http address or a directory; it is audited first" };
        var file = new Option<string?>("--file") { Description = "Your own rentals with their salts: tell for each whether the other end has it too" };
        var json = Inputs.Json();
        var command = new Command("match", """
            Match the rentals that are on record; exit status 1 where one of your own is not matched

            What nobody else has is a cloud's customer outside the registry, or a rental that the other end hides.

            Examples:
              standstill compute rentals match http://127.0.0.1:7800
              standstill compute rentals match http://127.0.0.1:7800 --file spring-salted.csv
            """) { source, file, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var world = await Inputs.WorldAsync(parsed.GetValue(source)!, null, null, null, cancellation);
            var all = Reconciliation.Of(world);
            var own = parsed.GetValue(file) is { } path ? Read(path, false) : [];
            var holders = world.RentalSets.Values.SelectMany(s => s.Body.Commitments.Select(c => (c, s.Party))).ToLookup(p => p.c, p => p.Party);
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject
                {
                    ["sets"] = new JsonArray([.. all.Select(r => new JsonObject
                    {
                        ["party"] = r.Party.Value, ["from"] = $"{r.From:yyyy-MM-dd}", ["to"] = $"{r.To:yyyy-MM-dd}", ["unmatched"] = r.Unmatched, ["entry"] = r.At.Entry.Value,
                        ["matched"] = new JsonObject(r.Matched.Select(m => KeyValuePair.Create(m.Key.Value, (JsonNode?)m.Value))),
                    })]),
                    ["own"] = new JsonArray([.. own.Select(r => new JsonObject { ["rental"] = r.Line, ["on"] = new JsonArray([.. holders[Commitment(r)].Select(p => JsonValue.Create(p.Value))]) })]),
                });
            }
            else
            {
                Output.Columns(["party", "period", "matched with", "not matched", "entry"], all.Select(r => new[]
                {
                    r.Party.Value, $"{r.From:yyyy-MM-dd} to {r.To:yyyy-MM-dd}", r.Matched.IsEmpty ? "nobody" : string.Join(", ", r.Matched.Select(m => $"{m.Key} ({m.Value})")),
                    r.Unmatched.ToString(CultureInfo.InvariantCulture), r.At.Entry.ToString(),
                }));
                foreach (var rental in own)
                {
                    var seen = holders[Commitment(rental)].ToArray();
                    Output.Line($"{rental.Line}: {(seen.Length == 0 ? "on nobody's record" : $"on record by {string.Join(", ", seen)}{(seen.Length == 1 ? " alone" : "")}")}");
                }
            }

            return own.All(r => holders[Commitment(r)].Count() > 1) ? Exit.Good : Exit.Refused;
        });
        return command;
    }

    private sealed record Rental(string Line, string Salt);

    /// <summary>The commitment of a rental: SHA-256(salt ‖ `lessor|tenant|accelerator|chip-hours|from|to`).</summary>
    private static Digest Commitment(Rental rental) => SaltedCommitment.Make(Convert.FromHexString(rental.Salt), rental.Line);

    private static Rental[] Read(string file, bool mayLackSalts)
    {
        var lines = Inputs.ReadText(file).Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0).ToArray();
        if (lines.Length == 0 || lines[0] != Header)
        {
            throw new UsageException($"`{file}`: the first line is not `{Header}`");
        }

        return [.. lines.Skip(1).Select((line, i) => Parse(file, i + 2, line, mayLackSalts))];
    }

    private static Rental Parse(string file, int number, string line, bool mayLackSalts)
    {
        var cells = line.Split(',');
        Exception Bad(string what) => new UsageException($"`{file}` line {number}: {what}");
        if (cells.Length != 7)
        {
            throw Bad($"{cells.Length} columns instead of 7");
        }

        if (!Slug.IsGood(cells[0]) || !Slug.IsGood(cells[1]) || cells[0] == cells[1])
        {
            throw Bad("lessor and tenant are two parties' names");
        }

        if (cells[2].Trim().Length == 0 || cells[2].Contains('|', StringComparison.Ordinal))
        {
            throw Bad("no accelerator is named, or its name has a `|`");
        }

        // Both ends must write the same number: whole chip-hours, without a sign or zeros before it.
        if (!long.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours.ToString(CultureInfo.InvariantCulture) != cells[3])
        {
            throw Bad($"`{cells[3]}` is not a whole number of chip-hours");
        }

        if (!DateOnly.TryParseExact(cells[4], "yyyy-MM-dd", out var from) || !DateOnly.TryParseExact(cells[5], "yyyy-MM-dd", out var to) || to < from)
        {
            throw Bad("`from` and `to` are days, `2026-01-01`, in this order");
        }

        var hasSalt = Digest.TryParse(cells[6], out _);
        return hasSalt || (mayLackSalts && cells[6].Length == 0)
            ? new Rental(string.Join('|', cells[..6]), cells[6])
            : throw Bad("the salt is not 64 lower-case hexadecimal digits; the lessor makes it with `standstill compute rentals salt`");
    }
}
