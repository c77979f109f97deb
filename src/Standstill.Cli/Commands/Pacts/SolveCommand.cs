using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact solve`: who would be bound, who waits for whom, and what would change it.</summary>
internal static class SolveCommand
{
    public static Command Make()
    {
        var source = PactQuestion.Source.Make();
        var json = Inputs.Json();
        var command = new Command("solve", """
            Find the largest set of parties in which everybody's condition holds, and explain it

            Exit status 0 when there is one, 1 when nobody would be bound.

            Examples:
              standstill pact solve samples/pacts/four-labs.json
              standstill pact solve --ledger http://127.0.0.1:7800 --pact sample-pause
            """);
        source.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var question = await source.ReadAsync(parsed, cancellation);
            if (parsed.GetValue(json))
            {
                Output.Json(Document(question));
            }
            else
            {
                Print(question);
            }

            return question.Coalition.Members.IsEmpty ? Exit.Refused : Exit.Good;
        });
        return command;
    }

    /// <summary>Who is bound and how far each slows, in one line.</summary>
    public static string Bound(Coalition coalition, string nobody) => coalition.Members.IsEmpty ? nobody : $"bound together: {Degrees(coalition)}";

    /// <summary>The members, and behind each that does not stop how far it slows.</summary>
    public static string Degrees(Coalition coalition) =>
        string.Join(", ", coalition.Degrees.Select(d => d.Value == 100 ? d.Key.Value : $"{d.Key} (slows by {d.Value}%)"));

    public static JsonArray Names(IEnumerable<PartyId> parties) => new([.. parties.Select(p => JsonValue.Create(p.Value))]);

    public static JsonObject Search(SignatureSearch search) => search switch
    {
        SignatureSearch.Found found => new JsonObject { ["result"] = "found", ["signers"] = Names(found.Signers) },
        SignatureSearch.Impossible => new JsonObject { ["result"] = "impossible" },
        SignatureSearch.NotFoundWithin stopped => new JsonObject { ["result"] = "not-found-within", ["sets"] = stopped.Sets },
        _ => throw new InvalidOperationException("not a result"),
    };

    private static void Print(PactQuestion question)
    {
        var coalition = question.Coalition;
        var explanation = CoalitionExplanation.Of(coalition);
        Output.Line(Bound(coalition, "nobody would be bound"));
        Output.Line();
        foreach (var party in explanation.Parties.Values)
        {
            Output.Line(PactText.Of(party));
            if (!party.IsIn)
            {
                Output.Line("  " + PactText.Of(SignatureSearch.ToBringIn(coalition, question.Others, party.Party)));
            }
        }

        Output.Line();
        foreach (var departure in explanation.Departures)
        {
            Output.Line(PactText.Of(departure));
        }

        if (coalition.Members.IsEmpty)
        {
            Output.Line(PactText.Of(SignatureSearch.ToSetInMotion(coalition, question.Others)));
        }
    }

    private static JsonObject Document(PactQuestion question)
    {
        var coalition = question.Coalition;
        var explanation = CoalitionExplanation.Of(coalition);
        return new JsonObject
        {
            ["bound"] = Names(coalition.Members),
            ["parties"] = new JsonArray([.. explanation.Parties.Values.Select(p => new JsonObject
            {
                ["party"] = p.Party.Value,
                ["bound"] = p.IsIn,
                ["degree"] = coalition.DegreeOf(p.Party),
                ["condition"] = p.Condition.ToString(),
                ["because"] = PactText.Of(p),
                ["waitingFor"] = Names(p.WaitingFor),
                ["signaturesNeeded"] = p.IsIn ? null : Search(SignatureSearch.ToBringIn(coalition, question.Others, p.Party)),
            })]),
            ["ifLeaves"] = new JsonArray([.. explanation.Departures.Select(d => new JsonObject
            {
                ["leaver"] = d.Leaver.Value,
                ["free"] = Names(d.Free),
                ["staying"] = Names(d.Staying),
            })]),
            ["toSetInMotion"] = Search(SignatureSearch.ToSetInMotion(coalition, question.Others)),
        };
    }
}
