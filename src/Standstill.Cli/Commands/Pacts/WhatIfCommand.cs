using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact what-if`: the coalition if other parties signed, left, grew, or were verified.</summary>
internal static class WhatIfCommand
{
    private sealed record Suppositions(
        Option<string[]> Out, Option<string[]> In, Option<string[]> When, Option<string[]> Flop, Option<string[]> Assurance, Option<string[]> World)
    {
        public static Suppositions Make() => new(
            Several("--out", "A committed party that is supposed to be out"),
            Several("--in", "A party that is supposed to sign without a condition"),
            Several("--when", "A party that is supposed to sign on a condition: `PARTY:CONDITION`"),
            Several("--flop", "Accounted compute: `PARTY:FLOP/s`"),
            Several("--assurance", "Verification: `PARTY:PERCENT`, 0 for none"),
            Several("--world", "World compute in FLOP/s, or its 5, 50 and 95 % quantiles: `LOW:MIDDLE:HIGH`"));

        public IEnumerable<Option<string[]>> All => [Out, In, When, Flop, Assurance, World];

        public IEnumerable<KeyValuePair<string, string>> Read(ParseResult parsed) =>
            All.SelectMany(o => (parsed.GetValue(o) ?? []).Select(v => KeyValuePair.Create(o.Name[2..], v)));

        private static Option<string[]> Several(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };
    }

    public static Command Make()
    {
        var source = PactQuestion.Source.Make();
        var suppositions = Suppositions.Make();
        var json = Inputs.Json();
        var command = new Command("what-if", """
            Suppose other signatures, compute or verification, and see the coalition that would follow, round by round

            Nothing is stored or sent. Exit status 0 when somebody would be bound, 1 when nobody would.

            Examples:
              standstill pact what-if samples/pacts/worlds/veto.json --out sample-dogwood
              standstill pact what-if samples/pacts/worlds/thirty.json --in sample-beech --assurance sample-fir:0 --world 3e21
            """);
        source.AddTo(command);
        foreach (var option in suppositions.All)
        {
            command.Add(option);
        }

        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var question = await source.ReadAsync(parsed, cancellation);
            var read = WhatIfText.Read(suppositions.Read(parsed));
            var answer = read.IsGood ? read.Value.On(question.Coalition, question.Registered, question.Others.Concat(question.Coalition.Candidates.Select(c => c.Party))) : Parsed<WhatIfAnswer>.Bad(read.Faults);
            if (!answer.IsGood)
            {
                throw new UsageException(string.Join("; ", answer.Faults.Select(f => $"--{f}")));
            }

            if (parsed.GetValue(json))
            {
                Output.Json(Document(answer.Value));
            }
            else
            {
                Print(answer.Value);
            }

            return answer.Value.After.Members.IsEmpty ? Exit.Refused : Exit.Good;
        });
        return command;
    }

    private static void Print(WhatIfAnswer answer)
    {
        foreach (var supposition in answer.WhatIf.Suppositions)
        {
            Output.Line($"supposed: {WhatIfText.Of(supposition)}");
        }

        Output.Line($"as it stands: {SolveCommand.Bound(answer.Before, "nobody is bound")}");
        Output.Line($"then: {SolveCommand.Bound(answer.After, "nobody would be bound")}");
        if (answer.Detail is not { } detail)
        {
            return;
        }

        foreach (var round in detail.Cascade.Rounds)
        {
            Output.Line();
            Output.Line($"round {round.Number}");
            foreach (var lowering in round.Lowered)
            {
                var after = lowering.After.IsEmpty ? "" : $", after {string.Join(", ", lowering.After)}";
                Output.Line($"  {lowering.Party} {(lowering.To == 0 ? "falls out" : $"slows by {lowering.To}% only")}{after}: {WhatIfText.Because(lowering)}");
            }
        }

        Output.Line();
        foreach (var party in detail.Explanation.Parties.Values)
        {
            Output.Line(PactText.Of(party));
        }

        foreach (var departure in detail.Explanation.Pivotal)
        {
            Output.Line($"pivotal: {PactText.Of(departure)}");
        }

        foreach (var (party, search) in detail.ToBringIn)
        {
            Output.Line($"for {party} to be bound: {PactText.Of(search)}");
        }
    }

    private static JsonObject Document(WhatIfAnswer answer) => new()
    {
        ["supposed"] = new JsonArray([.. answer.WhatIf.Suppositions.Select(s => JsonValue.Create(WhatIfText.Of(s)))]),
        ["before"] = Degrees(answer.Before),
        ["after"] = Degrees(answer.After),
        ["joining"] = SolveCommand.Names(answer.Joining),
        ["leaving"] = SolveCommand.Names(answer.Leaving),
        ["rounds"] = answer.Detail is { } detail
            ? new JsonArray([.. detail.Cascade.Rounds.Select(r => new JsonArray([.. r.Lowered.Select(l => new JsonObject
            {
                ["party"] = l.Party.Value,
                ["from"] = l.From,
                ["to"] = l.To,
                ["because"] = WhatIfText.Because(l),
                ["after"] = SolveCommand.Names(l.After),
            })]))])
            : null,
        ["pivotal"] = answer.Detail is { } d ? SolveCommand.Names(d.Explanation.Pivotal.Select(p => p.Leaver)) : null,
    };

    private static JsonObject Degrees(Coalition coalition) =>
        new(coalition.Degrees.Select(d => KeyValuePair.Create(d.Key.Value, (JsonNode?)JsonValue.Create(d.Value))));
}
