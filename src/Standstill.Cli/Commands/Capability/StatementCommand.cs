using System.CommandLine;
using Standstill.Protocol.Recomputation;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Capability;

/// <summary>`standstill capability statement`: what an evaluator signs, from a run file.</summary>
internal static class StatementCommand
{
    public static Command Make()
    {
        var agent = new Option<string>("--agent") { Description = "Which agent of the file", Required = true };
        var source = new Option<string>("--source") { Description = "The evaluator's independence group", Required = true };
        var citation = new Option<string>("--citation") { Description = "Where the figure can be read", Required = true };
        var model = new Option<string?>("--model") { Description = "The model's name; without it the one in the file, or the agent's" };
        var released = new Option<string?>("--released") { Description = "The day of the model's release, where the file does not say it" };
        var output = new Option<string?>("--out") { Description = "Where to write the body; standard output without it" };
        var command = new Command("statement", """
            Write the body of a capability result: digests of the run files, method, settings, and the figures

            Sign it as `capability-result-v2`. Whoever holds the files recomputes it with `capability recompute`.

            Example:
              standstill capability statement samples/capability/runs.jsonl --agent sample-reed-4 \
                --source sample-group --citation "an invented file" --out body.json
            """) { agent, source, citation, model, released, output };
        var input = new RunInput(command);
        var options = new HorizonOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = input.Read(parsed);
            var recipe = new HorizonRecipe(options.Settings(parsed), options.Draws(parsed), options.Seed(parsed, file.SeedText).Text);
            var at = AgentReport.Indices(file.Runs, [parsed.GetValue(agent)!])[0];
            var body = CapabilityStatement.Of(
                CapabilityRecomputation.Fit(file.Runs, recipe, Work.WithBar("drawing"))[at],
                file.Runs,
                file.Digests,
                recipe,
                parsed.GetValue(source)!,
                parsed.GetValue(citation)!,
                parsed.GetValue(model),
                HistoryOptions.ParseDay("--released", parsed.GetValue(released)));
            if (!body.IsGood)
            {
                throw new RefusedException([.. body.Faults.Select(fault => fault.ToString())]);
            }

            if (parsed.GetValue(output) is { } path)
            {
                await File.WriteAllTextAsync(path, Output.Text(body.Value) + "\n", cancellation);
            }
            else
            {
                Output.Json(body.Value);
            }

            return Exit.Good;
        });
        return command;
    }
}
