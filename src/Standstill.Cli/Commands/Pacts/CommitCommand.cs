using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact commit`: a commitment, read, said back, and put on record.</summary>
internal static class CommitCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "The commitment in its language, see samples/pacts/templates; `-` for standard input" };
        var name = new Option<string>("--pact") { Description = "The pact", Required = true };
        var sending = Sending.Make();
        var command = new Command("commit", """
            Read a commitment and say it back; commit

            Without --body and --key nothing is written or sent: the commitment is checked and shown in its one canonical form.

            Examples:
              standstill pact commit samples/pacts/templates/frontier-labs.commitment --pact frontier
              standstill pact commit - --pact frontier --key role.key --party my-lab <<< 'stop when at least 60% of world compute'
            """) { file, name };
        sending.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var pact = Inputs.ParsePact(parsed.GetValue(name)!);
            var path = parsed.GetValue(file)!;
            var text = Inputs.ReadText(path).Trim();
            var steps = CommitmentText.Parse(text);
            if (!steps.IsGood)
            {
                throw new RefusedException([.. steps.Faults.Select(f => $"`{path}`: {f}")]);
            }

            Output.Line(new Commitment(new PartyId("party"), steps.Value.Steps, default).ToString());
            Output.Line();
            return await sending.DoneAsync(parsed, "commitment-v2", new JsonObject { ["pact"] = pact.Value, ["text"] = text }, cancellation);
        });
        return command;
    }
}
