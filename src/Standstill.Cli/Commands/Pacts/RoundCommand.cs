using System.CommandLine;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact round`: what sealing and opening have to know of a pact, as a file for machines without a network.</summary>
internal static class RoundCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("ledger") { Description = "The ledger: an http address or a directory" };
        var name = new Option<string>("--pact") { Description = "Which pact", Required = true };
        var output = new Option<string>("--out") { Description = "Where to write it", Required = true };
        var key = Inputs.LogKey();
        var command = new Command("round", """
            Write what `pact seal` and `pact unseal` need to know of a pact: public values, taken from the audited ledger

            Example:
              standstill pact round http://127.0.0.1:7800 --pact frontier --out round.json
            """) { source, name, output, key };
        command.SetAction(async (parsed, cancellation) =>
        {
            var world = await Inputs.WorldAsync(parsed.GetValue(source)!, parsed.GetValue(key), null, null, cancellation);
            var round = SealRound.Write(world, PactQuestion.Find(world, parsed.GetValue(name)));
            await File.WriteAllTextAsync(parsed.GetValue(output)!, Output.Text(round) + "\n", cancellation);
            Output.Line($"{round["sealed"]!.AsArray().Count} sealed and {round["commitments"]!.AsArray().Count} public commitments, as of entry {world.Size - 1}");
            return Exit.Good;
        });
        return command;
    }
}
