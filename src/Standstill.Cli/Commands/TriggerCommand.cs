using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Triggers;

namespace Standstill.Cli.Commands;

/// <summary>`standstill trigger check`: reads a trigger, and evaluates it from a ledger's evidence.</summary>
internal static class TriggerCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "The trigger's text, `-` for standard input" };
        var ledger = new Option<string?>("--ledger") { Description = "Evaluate it from the evidence of this ledger: an http address or a directory" };
        var key = Inputs.LogKey();
        var size = new Option<long?>("--size") { Description = "Fold only this many entries" };
        var asOf = Inputs.AsOf();
        var json = Inputs.Json();
        var check = new Command("check", """
            Check a trigger's text, print it in canonical form, and evaluate it if a ledger is given

            Without a ledger: exit status 0 when the text is good. With one: 0 when the pause level is met, 1 when it is
            not met or undetermined.

            Examples:
              standstill trigger check samples/triggers/long-work.trigger
              standstill trigger check samples/triggers/long-work.trigger --ledger http://127.0.0.1:7800
            """) { file, ledger, key, size, asOf, json };
        check.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(file)!;
            var read = TriggerParser.Parse(Inputs.ReadText(path));
            if (!read.IsGood)
            {
                return Refuse(path, read, parsed.GetValue(json));
            }

            if (parsed.GetValue(ledger) is not { } source)
            {
                Print(read.Value, parsed.GetValue(json));
                return Exit.Good;
            }

            var world = await Inputs.WorldAsync(source, parsed.GetValue(key), parsed.GetValue(size), parsed.GetValue(asOf), cancellation);
            var evaluation = TriggerEvaluator.Evaluate(read.Value, world.Evidence, false, world.Now, TriggerMemory.Empty);
            if (parsed.GetValue(json))
            {
                Output.Json(Document(read.Value, evaluation, world));
            }
            else
            {
                Output.Line(ExplanationText.Of(evaluation, world.Now).TrimEnd());
            }

            return evaluation.Of(TriggerLevel.Pause)?.Effective == Verdict.Met ? Exit.Good : Exit.Refused;
        });
        return new Command("trigger", "Conditions over measured indicators") { check };
    }

    private static int Refuse(string path, Parsed<Trigger> read, bool json)
    {
        if (json)
        {
            Output.Json(new JsonObject { ["good"] = false, ["faults"] = Faults(read.Faults) });
            return Exit.Refused;
        }

        foreach (var fault in read.Faults)
        {
            Output.Error($"{path}: {fault}");
        }

        return Exit.Refused;
    }

    internal static JsonArray Faults(IEnumerable<Fault> faults) =>
        new([.. faults.Select(f => new JsonObject { ["place"] = f.Place, ["message"] = f.Message, ["remedy"] = f.Remedy })]);

    private static void Print(Trigger trigger, bool json)
    {
        if (json)
        {
            Output.Json(new JsonObject { ["good"] = true, ["name"] = trigger.Name, ["version"] = trigger.Version, ["text"] = trigger.ToString() });
        }
        else
        {
            Output.Line(trigger.ToString());
        }
    }

    private static JsonObject Document(Trigger trigger, TriggerEvaluation evaluation, World world) => new()
    {
        ["good"] = true,
        ["text"] = trigger.ToString(),
        ["asOf"] = UtcTime.Format(world.Now),
        ["size"] = world.Size,
        ["levels"] = new JsonArray([.. evaluation.Levels.Select(l => new JsonObject
        {
            ["level"] = Words.Of(l.Level),
            ["evidence"] = Words.Of(l.Raw),
            ["verdict"] = Words.Of(l.Effective),
            ["explanation"] = ExplanationText.Of(l, world.Now),
        })]),
        ["nextChange"] = evaluation.NextChange is { } next ? UtcTime.Format(next) : null,
    };
}
