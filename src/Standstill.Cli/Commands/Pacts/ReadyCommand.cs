using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Standstill.Protocol;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact ready`: a member confirms that it is ready to be bound with a coalition.</summary>
internal static class ReadyCommand
{
    public static Command Make()
    {
        var name = new Option<string>("--pact") { Description = "The pact that has been called", Required = true };
        var hash = new Option<string?>("--coalition") { Description = "The coalition hash that you mean; without it the node's present one is shown and confirmed" };
        var sending = Sending.Make();
        var command = new Command("ready", """
            Confirm that a party is ready to be bound with exactly the coalition that a pact has been called for

            Whoever has not confirmed by the deadline drops out. Confirm only a coalition that you have checked yourself:
            `standstill audit` folds the same ledger on your own machine.

            Example:
              standstill pact ready --pact frontier --key role.key --party my-lab
            """) { name, hash };
        sending.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var pact = Inputs.ParsePact(parsed.GetValue(name)!);
            var coalition = parsed.GetValue(hash);
            if (coalition is not null && !Digest.TryParse(coalition, out _))
            {
                throw new UsageException($"--coalition: `{coalition}` is not 64 lower-case hexadecimal digits");
            }

            if (coalition is null)
            {
                using var http = new HttpClient { BaseAddress = Inputs.ParseUrl(parsed.GetValue(sending.Node)!) };
                var pacts = await http.GetFromJsonAsync<JsonArray>("/api/world/pacts", cancellation);
                var found = pacts!.FirstOrDefault(p => (string?)p!["pact"] == pact.Value)
                    ?? throw new UsageException($"--pact: that node has no pact `{pact}`");
                coalition = (string?)found["coalition"]
                    ?? throw new RefusedException([$"the pact `{pact}` is not preparing: there is no coalition to confirm; wait until it is called"]);
                Output.Line($"coalition {coalition}: {string.Join(", ", found["members"]!.AsArray().Where(m => (string?)m!["standing"] is "pledged" or "ready").Select(m => (string?)m!["party"]))}");
            }

            return await sending.DoneAsync(parsed, "readiness", new JsonObject { ["pact"] = pact.Value, ["coalition"] = coalition }, cancellation);
        });
        return command;
    }
}
