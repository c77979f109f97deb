using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact open`: the terms of a pact, read, said back, and put on record.</summary>
internal static class OpenCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "The terms in their language, see samples/pacts/templates; `-` for standard input" };
        var name = new Option<string>("--pact") { Description = "The pact's name in the registry", Required = true };
        var sending = Sending.Make();
        var command = new Command("open", """
            Read the terms of a pact and say them back; open the pact

            Without --body and --key nothing is written or sent: the terms are checked and shown in their one canonical form.

            Examples:
              standstill pact open samples/pacts/templates/frontier-labs.pact --pact frontier
              standstill pact open frontier.pact --pact frontier --key role.key --party my-lab
            """) { file, name };
        sending.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var pact = Inputs.ParsePact(parsed.GetValue(name)!);
            var path = parsed.GetValue(file)!;
            var text = Inputs.ReadText(path);
            var terms = PactTermsText.Parse(text);
            if (!terms.IsGood)
            {
                throw new RefusedException([.. terms.Faults.Select(f => $"`{path}`: {f}")]);
            }

            Output.Line(PactTermsText.Format(terms.Value).TrimEnd());
            Output.Line();
            foreach (var doubt in Doubts(terms.Value))
            {
                Output.Error($"worth a second look: {doubt}");
            }

            return await sending.DoneAsync(parsed, "pact-opened-v2", new JsonObject { ["pact"] = pact.Value, ["text"] = text }, cancellation);
        });
        return command;
    }

    // What is allowed and seldom meant; the how-to says why.
    private static IEnumerable<string> Doubts(PactTerms terms)
    {
        var life = terms.Life!;
        if (life.Blackout < life.Preparation + terms.Notice)
        {
            yield return "the blackout is over before the pause has begun, so that members can give notice as soon as they know that it comes";
        }

        if (life.Silence < life.Owed.Select(d => d.Every).DefaultIfEmpty().Max() && life.Silence < TimeSpan.FromDays(3))
        {
            yield return "silence counts as unverified within days: one lost message is enough";
        }
    }
}
