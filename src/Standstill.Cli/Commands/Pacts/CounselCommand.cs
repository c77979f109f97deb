using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact counsel`: what a lawyer or a competition authority asks for first, as files.</summary>
internal static class CounselCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("ledger") { Description = "The ledger: an http address or a directory" };
        var name = new Option<string>("--pact") { Description = "Which pact", Required = true };
        var output = new Option<string>("--out") { Description = "The directory to write into; it is made if it is not there", Required = true };
        var key = Inputs.LogKey();
        var command = new Command("counsel", """
            Write down a pact for counsel or a competition authority: what is agreed, by whom, when, and who could see what

            Three files: `pact.md` to read, `record.json` with the same as data, `sight.csv` with every disclosure and who could see it
            since when. Everything is taken from the audited ledger, nothing from the node.

            Example:
              standstill pact counsel http://127.0.0.1:7800 --pact sample-pause --out for-counsel
            """) { source, name, output, key };
        command.SetAction(async (parsed, cancellation) =>
        {
            var world = await Inputs.WorldAsync(parsed.GetValue(source)!, parsed.GetValue(key), null, null, cancellation);
            var pact = PactQuestion.Find(world, parsed.GetValue(name));
            var directory = Directory.CreateDirectory(parsed.GetValue(output)!).FullName;
            await File.WriteAllTextAsync(Path.Combine(directory, "pact.md"), Report(world, pact), cancellation);
            await File.WriteAllTextAsync(Path.Combine(directory, "record.json"), Output.Text(Record(world, pact)) + "\n", cancellation);
            await File.WriteAllTextAsync(Path.Combine(directory, "sight.csv"), Sights(world), cancellation);
            Output.Line($"written: pact.md, record.json, sight.csv in `{directory}`");
            return Exit.Good;
        });
        return command;
    }

    private static string Report(World world, Pact pact)
    {
        var text = new StringBuilder();
        Line($"# {pact.Terms.Title}");
        Line();
        Line($"Registry {world.Registry} ({world.Charter!.Name}), {world.Size} entries, last at {UtcTime.Format(world.Now)}. Digest of the state: {WorldDocument.DigestOf(world)}.{(world.Charter.Sample ? " SAMPLE: nothing here binds anybody." : "")}");
        Line();
        Line("## What is agreed");
        Line();
        if (pact.Terms.Life is not null)
        {
            Line("```");
            Line(PactTermsText.Format(pact.Terms).TrimEnd());
            Line("```");
        }
        else
        {
            Line(pact.Terms.Scope.Text);
            Line($"Notice {pact.Terms.Notice.TotalDays:0} days, cure {pact.Terms.Cure.TotalDays:0} days, withdrawal notice {pact.Terms.WithdrawalNotice.TotalDays:0} days, called by the trigger `{pact.Terms.Trigger}`.");
        }

        Line();
        Line("The terms name what stops and what goes on. Statements of this kind have no field for prices, customers or markets; free text in them could carry anything, and is on record. Whether the pact is lawful is for counsel.");
        Line();
        Line("## Who has committed");
        Line();
        foreach (var member in pact.Members.Values)
        {
            Line($"- {PactText.Of(member)} Commitment at entry {member.Commitment.Entry}: `{member.Commitment.ToString().Replace('\n', ' ')}`");
        }

        Line();
        Line("## What happened");
        Line();
        foreach (var transition in pact.History)
        {
            Line($"- {PactText.Time(transition.At.Time)}, entry {transition.At.Entry}: {PactText.Of(transition.What)}");
        }

        Line();
        Line("## Who could see what");
        Line();
        Line("Every entry of the ledger is public from its receipt on. Beside it, confidential values have been opened as follows.");
        Line();
        if (world.Disclosures.IsEmpty)
        {
            Line("None has been opened.");
        }

        foreach (var disclosure in world.Disclosures)
        {
            Line($"- {PactText.Time(disclosure.At.Time)}, entry {disclosure.At.Entry}: {disclosure.By} to {Words.Of(disclosure.Body.Tier)}{(disclosure.Body.To.IsEmpty ? "" : " and " + string.Join(", ", disclosure.Body.To))}: {disclosure.Body.Text} ({disclosure.Body.Value})");
        }

        Line();
        Line("## Regulators on record");
        Line();
        var regulators = world.Parties.Values.Where(p => p.Kind == PartyKind.Regulator).ToArray();
        Line(regulators.Length == 0 ? "None is enrolled." : string.Join('\n', regulators.Select(r => $"- {r.Name} ({r.Id}), {r.Jurisdiction ?? "no jurisdiction named"}, {(r.Accredited is { } since ? $"accredited since {PactText.Time(since.Time)}" : "not accredited")}")));
        return text.ToString();

        void Line(string line = "") => text.Append(line).Append('\n');
    }

    private static JsonObject Record(World world, Pact pact)
    {
        var document = WorldDocument.Write(world);
        return new JsonObject
        {
            ["registry"] = world.Registry?.Hex,
            ["size"] = world.Size,
            ["digest"] = WorldDocument.DigestOf(world).Hex,
            ["pact"] = document["pacts"]!.AsArray().First(p => (string?)p!["pact"] == pact.Id.Value)!.DeepClone(),
            ["disclosures"] = document["disclosures"]?.DeepClone(),
        };
    }

    private static string Sights(World world)
    {
        var rows = new StringBuilder("party,kind,since,entry,opened by,tier,sha256,what\n");
        foreach (var party in world.Parties.Values)
        {
            foreach (var sight in Sight.Of(world, party.Id))
            {
                var body = sight.Disclosure.Body;
                rows.Append(CultureInfo.InvariantCulture, $"{party.Id},{Words.Of(party.Kind)},{UtcTime.Format(sight.Since.Time)},{sight.Disclosure.At.Entry},{sight.Disclosure.By},{Words.Of(body.Tier)},{body.Value},{Cell(body.Text)}\n");
            }
        }

        return rows.ToString();
    }

    // Quoted, and never a formula for a spreadsheet to run.
    private static string Cell(string text) => $"\"{("=+-@\t".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
