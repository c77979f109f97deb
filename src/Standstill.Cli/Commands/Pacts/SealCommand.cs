using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Standstill.Node;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact seal`: a commitment under seal, or a decoy.</summary>
internal static class SealCommand
{
    public static Command Make()
    {
        var pact = new Argument<string>("pact-file") { Description = "The file that `standstill pact round` wrote; `-` for standard input" };
        var output = new Option<string>("--out") { Description = "Where to write the body of the `sealed-commitment` statement", Required = true };
        var party = new Option<string?>("--party") { Description = "Who commits" };
        var key = new Option<string?>("--key") { Description = "The file of the party's governance key" };
        var commitment = new Option<string?>("--commitment") { Description = "A file with the commitment, see samples/pacts/templates; `-` for standard input" };
        var until = new Option<string?>("--until") { Description = "The last time at which it may be opened, UTC" };
        var number = new Option<long>("--number") { Description = "Of the party's slips to this pact the one with the highest number counts", DefaultValueFactory = _ => 1 };
        var takeBack = new Option<bool>("--take-back") { Description = "Take the party's earlier slips back instead of committing" };
        var decoy = new Option<bool>("--decoy") { Description = "Seal nothing: looks like a commitment and is none" };
        var keep = new Option<string?>("--keep") { Description = "Where to write the key that opens it; must not be there yet. Without it nobody but the trustees can open it" };
        var json = Inputs.Json();
        var command = new Command("seal", """
            Seal a commitment, so that only so many trustees together can read it

            Nothing is sent. Hand the file to a relay, for instance a trustee, who puts it on record with a
            `sealed-commitment` statement: a party that relays its own tells that it has committed.

            Examples:
              standstill pact seal pact.json --party sample-ash --key ash.key --commitment ash.txt --until 2027-01-01 --out sealed.json
              standstill pact seal pact.json --decoy --out sealed.json
            """) { pact, output, party, key, commitment, until, number, takeBack, decoy, keep, json };
        command.SetAction(parsed =>
        {
            var terms = SealPact.Read(parsed.GetValue(pact)!);
            SealContent content = parsed.GetValue(decoy)
                ? Decoy([parsed.GetValue(party), parsed.GetValue(key), parsed.GetValue(commitment), parsed.GetValue(until)], parsed.GetValue(takeBack))
                : Word(
                    terms,
                    Needed("--party", parsed.GetValue(party)),
                    Needed("--key", parsed.GetValue(key)),
                    Commitment(parsed.GetValue(commitment), parsed.GetValue(takeBack)),
                    Needed("--until", parsed.GetValue(until)),
                    parsed.GetValue(number));
            var fresh = SealedCommitment.Seal(terms.Registry, terms.Pact, terms.Trustees, content, RandomNumberGenerator.GetBytes(SealedCommitment.RandomBytes(terms.Trustees)));
            if (!fresh.IsGood)
            {
                throw new RefusedException([.. fresh.Faults.Select(f => f.ToString())]);
            }

            if (parsed.GetValue(keep) is { } secret)
            {
                if (File.Exists(secret))
                {
                    throw new UsageException($"`{secret}` is there already, and a key is never written over; choose another name");
                }

                KeyFile.Write(secret, fresh.Value.Key.ExportText());
            }

            var path = parsed.GetValue(output)!;
            File.WriteAllText(path, Output.Text(new SealedCommitmentBody(fresh.Value.Sealed).ToJson()) + "\n");
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject { ["pact"] = terms.Pact.Value, ["keyDigest"] = fresh.Value.Sealed.KeyDigest.Hex, ["file"] = path });
            }
            else
            {
                Output.Line($"sealed for {terms.Pact}: any {terms.Trustees.Threshold} of {string.Join(", ", terms.Trustees.All.Select(t => t.Party))} together can read it");
                Output.Line($"key digest {fresh.Value.Sealed.KeyDigest}");
            }

            return Exit.Good;
        });
        return command;
    }

    private static SealContent.Decoy Decoy(string?[] others, bool takesBack) => others.Any(o => o is not null) || takesBack
        ? throw new UsageException("--decoy seals nothing: leave out --party, --key, --commitment, --until and --take-back")
        : new SealContent.Decoy();

    private static SealContent.Word Word(SealPact terms, string party, string key, string? commitment, string until, long number)
    {
        using var signer = Inputs.ReadKey(key);
        var name = Inputs.ParseParty(party);
        if (commitment is not null && SealRound.Read(name, commitment, default) is { IsGood: false } read)
        {
            // A fault that shows at the trial only would be found when it is too late, and by others.
            throw new RefusedException([.. read.Faults.Select(f => $"the commitment: {f}")]);
        }

        var time = UtcTime.TryParse(until, out var exact) ? exact
            : DateOnly.TryParseExact(until, "yyyy-MM-dd", out var date) ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw new UsageException($"--until: `{until}` is not a time in UTC; write `2027-01-01T00:00:00Z` or `2027-01-01`");
        if (time <= TimeProvider.System.GetUtcNow())
        {
            throw new UsageException($"--until: `{until}` is over, so that it could never be opened; name a time to come");
        }

        if (!terms.Keys.Contains((name, signer.PublicKey)))
        {
            throw new RefusedException([$"`{signer.PublicKey}` is not a governance key that {name} has on record, so that it would never be opened; use the one on record, or take a new round from the ledger"]);
        }

        var slip = new Slip(terms.Registry, terms.Pact, name, signer.PublicKey, number, time, commitment);

        // Read back, so that what could not be opened is not sealed.
        var again = Slip.Parse(slip.ToBytes());
        return again.IsGood ? new SealContent.Word(again.Value.Sign(signer)) : throw new RefusedException([.. again.Faults.Select(f => f.ToString())]);
    }

    private static string? Commitment(string? file, bool takesBack) => (file, takesBack) switch
    {
        (null, true) => null,
        ({ } path, false) => Inputs.ReadText(path).TrimEnd('\r', '\n'),
        _ => throw new UsageException("give either --commitment or --take-back"),
    };

    private static string Needed(string option, string? value) =>
        value ?? throw new UsageException($"{option} is missing; a commitment is sealed with --party, --key, --commitment and --until, a decoy with --decoy alone");
}
