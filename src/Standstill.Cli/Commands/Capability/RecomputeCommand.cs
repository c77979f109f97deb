using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol.Recomputation;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability recompute`: does a capability result follow from the files that it names?</summary>
internal static class RecomputeCommand
{
    public static Command Make()
    {
        var body = new Argument<string>("body") { Description = "The body of a `capability-result-v2`, or the whole statement" };
        var json = Inputs.Json();
        var command = new Command("recompute", """
            Compute a capability result anew from the run files that it names, and compare

            Exit status 0 when every stated figure is the recomputed one, 1 when one is not, or when these are not the files.

            Example:
              standstill capability recompute body.json samples/capability/runs.jsonl
            """) { body, json };
        var input = new RunInput(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(body)!;
            var read = Fields.Read(Body(Inputs.ReadJson(path)), "body", PredicateType.FindName("capability-result-v2")!.Shape);
            if (!read.IsGood)
            {
                throw new RefusedException([.. read.Faults.Select(fault => $"{path}: {fault}")]);
            }

            var file = input.Read(parsed);
            var answer = CapabilityRecomputation.Check((CapabilityResultV2Body)read.Value, file.Runs, file.Digests, Work.WithBar("drawing"));
            if (parsed.GetValue(json))
            {
                Output.Json(Document(answer));
                return answer is Recomputed.Agrees ? Exit.Good : Exit.Refused;
            }

            switch (answer)
            {
                case Recomputed.Agrees agrees:
                    Output.Line($"good: {agrees.Figures} figures are the recomputed ones");
                    return Exit.Good;
                case Recomputed.Differs differs:
                    foreach (var figure in differs.Differences)
                    {
                        Output.Error($"{figure.Field}: stated `{figure.Stated}`, recomputed `{figure.Recomputed}`{(figure.Relative is { } off ? $", {(off * 100).ToString("0.######", CultureInfo.InvariantCulture)} % of the greater apart" : "")}");
                    }

                    return Exit.Refused;
                default:
                    Output.Error(((Recomputed.Cannot)answer).Why.ToString());
                    return Exit.Refused;
            }
        });
        return command;
    }

    /// <summary>The body itself, or that within a statement.</summary>
    private static JsonElement Body(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("predicate", out var predicate) && predicate.ValueKind == JsonValueKind.Object
            && predicate.TryGetProperty("body", out var inner) ? inner : json;

    private static JsonObject Document(Recomputed answer) => answer switch
    {
        Recomputed.Agrees agrees => new JsonObject { ["answer"] = "agrees", ["figures"] = agrees.Figures },
        Recomputed.Differs differs => new JsonObject
        {
            ["answer"] = "differs",
            ["differences"] = new JsonArray([.. differs.Differences.Select(figure => new JsonObject
            {
                ["field"] = figure.Field, ["stated"] = figure.Stated, ["recomputed"] = figure.Recomputed, ["relative"] = figure.Relative,
            })]),
        },
        Recomputed.Cannot cannot => new JsonObject { ["answer"] = "cannot", ["why"] = cannot.Why.ToString() },
        _ => throw new InvalidOperationException("not an answer"),
    };
}
