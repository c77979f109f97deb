using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact timeline`: what happened to a pact, what is due, and what evidence that came late would have changed.</summary>
internal static class TimelineCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("ledger") { Description = "The ledger: an http address or a directory" };
        var name = new Option<string>("--pact") { Description = "Which pact", Required = true };
        var key = Inputs.LogKey();
        var size = new Option<long?>("--size") { Description = "Fold only this many entries" };
        var asOf = Inputs.AsOf();
        var known = new Option<bool>("--as-known") { Description = "With --size: judge that time also by all evidence that is on record today, late or taken back since" };
        var json = Inputs.Json();
        var command = new Command("timeline", """
            Tell the life of a pact from its ledger: history, obligations, dates to come

            What was binding stays as it was. --as-known tells beside it what the evidence of today would have made of that time.

            Examples:
              standstill pact timeline http://127.0.0.1:7800 --pact sample-pause
              standstill pact timeline /mnt/copy --pact frontier --as-of 2027-12-31
              standstill pact timeline /mnt/copy --pact frontier --size 120 --as-known
            """) { source, name, key, size, asOf, known, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var where = parsed.GetValue(source)!;
            var world = await Inputs.WorldAsync(where, parsed.GetValue(key), parsed.GetValue(size), parsed.GetValue(asOf), cancellation);
            var pact = PactQuestion.Find(world, parsed.GetValue(name));
            var hindsight = parsed.GetValue(known)
                ? Hindsight.Of(world, await Inputs.WorldAsync(where, parsed.GetValue(key), null, null, cancellation), pact.Id)
                : null;
            if (parsed.GetValue(json))
            {
                Output.Json(Document(world, pact, hindsight));
            }
            else
            {
                Print(world, pact, hindsight);
            }

            return Exit.Good;
        });
        return command;
    }

    private static void Print(World world, Pact pact, Hindsight? hindsight)
    {
        Output.Line($"{pact.Terms.Title}, as of {UtcTime.Format(world.Now)}, entry {world.Size - 1}");
        Output.Line(PactText.Of(pact.Stage));
        Output.Line();
        foreach (var transition in pact.History)
        {
            Output.Line($"  {transition.At.Time:yyyy-MM-dd HH:mm}  entry {transition.At.Entry,-6}  {PactText.Of(transition.What)}");
        }

        Output.Line();
        if (pact.Obligations.IsEmpty)
        {
            Output.Line("nobody has to stop anything under this pact at present");
        }

        foreach (var obligation in pact.Obligations)
        {
            Output.Line($"  {obligation.Party}: from {obligation.From:yyyy-MM-dd}{(obligation.Until is { } until ? $" until {until:yyyy-MM-dd} at the latest" : " until release")}");
        }

        var ahead = PactCalendar.Of(pact, world.Now).Where(d => d.State == DueState.Ahead).ToArray();
        Output.Line();
        Output.Line(ahead.Length == 0 ? "no date is ahead" : "ahead:");
        foreach (var due in ahead)
        {
            Output.Line($"  {due.When:yyyy-MM-dd HH:mm}  {Words.Of(due.What)}{(due.Party is { } party ? $", {party}" : "")}");
        }

        if (hindsight is not null)
        {
            Output.Line();
            Output.Line($"by the evidence on record then: {SolveCommand.Bound(hindsight.AsOf, "nobody bound together")}");
            Output.Line($"by the evidence on record today: {SolveCommand.Bound(hindsight.AsKnown, "nobody bound together")}");
        }
    }

    private static JsonObject Document(World world, Pact pact, Hindsight? hindsight) => new()
    {
        ["pact"] = pact.Id.Value,
        ["asOf"] = UtcTime.Format(world.Now),
        ["size"] = world.Size,
        ["stage"] = PactText.Of(pact.Stage),
        ["history"] = new JsonArray([.. pact.History.Select(t => new JsonObject
        {
            ["time"] = UtcTime.Format(t.At.Time),
            ["entry"] = t.At.Entry.Value,
            ["what"] = PactText.Of(t.What),
        })]),
        ["dates"] = new JsonArray([.. PactCalendar.Of(pact, world.Now).Select(d => new JsonObject
        {
            ["when"] = UtcTime.Format(d.When),
            ["what"] = Words.Of(d.What),
            ["party"] = d.Party?.Value,
            ["state"] = Words.Of(d.State),
        })]),
        ["asKnown"] = hindsight is null ? null : new JsonObject
        {
            ["boundByEvidenceThen"] = Names(hindsight.AsOf),
            ["boundByEvidenceToday"] = Names(hindsight.AsKnown),
        },
    };

    private static JsonArray Names(Coalition coalition) => SolveCommand.Names(coalition.Members);
}
