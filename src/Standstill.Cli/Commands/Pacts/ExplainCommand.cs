using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Node.Unlocking;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact explain`: who waits on whom, who is pivotal, what is stable, how much a figure may change.</summary>
internal static class ExplainCommand
{
    private const int MostFigures = 12;

    public static Command Make()
    {
        var source = PactQuestion.Source.Make();
        var party = new Option<string?>("--party") { Description = "Of this party alone: why it is in or out, and what its figures may be" };
        var rival = new Option<string?>("--rival") { Description = "With --ledger: another pact, compared with the first" };
        var seconds = new Option<int>("--seconds") { Description = "How long the proof of a smallest set of signatures may take", DefaultValueFactory = _ => 10 };
        var json = Inputs.Json();
        var command = new Command("explain", """
            Explain a coalition: why each is in or out, who waits on whom, who is pivotal, whether it is stable, how much figures may change

            The smallest set of further signatures is proven by CP-SAT; when time is up, the best set found and the bound are told.
            Exit status 0 when somebody is bound, 1 when nobody is.

            Examples:
              standstill pact explain samples/pacts/worlds/thirty.json
              standstill pact explain samples/pacts/worlds/veto.json --party sample-cedar
              standstill pact explain --ledger http://127.0.0.1:7800 --pact one --rival other
            """);
        source.AddTo(command);
        command.Add(party);
        command.Add(rival);
        command.Add(seconds);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(rival) is { } other)
            {
                var ledger = parsed.GetValue(source.Ledger) ?? throw new UsageException("--rival compares two pacts of a ledger: add --ledger and --pact");
                var world = await Inputs.WorldAsync(ledger, parsed.GetValue(source.Key), null, null, cancellation);
                return Compare(PactQuestion.Find(world, parsed.GetValue(source.Pact)), PactQuestion.Find(world, other));
            }

            if (parsed.GetValue(seconds) is < 1 or > 3600)
            {
                throw new UsageException($"--seconds: `{parsed.GetValue(seconds)}` is not a time; give 1 to 3600");
            }

            var question = await source.ReadAsync(parsed, cancellation);
            var limit = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            if (parsed.GetValue(party) is { } name)
            {
                return One(question, Inputs.ParseParty(name), limit);
            }

            if (parsed.GetValue(json))
            {
                Output.Json(Document(question, limit));
            }
            else
            {
                Print(question, limit);
            }

            return question.Coalition.Members.IsEmpty ? Exit.Refused : Exit.Good;
        });
        return command;
    }

    private static void Print(PactQuestion question, TimeSpan limit)
    {
        var coalition = question.Coalition;
        var explanation = CoalitionExplanation.Of(coalition);
        Output.Line(SolveCommand.Bound(coalition, "nobody would be bound"));
        Output.Line();
        var isWaiting = explanation.Parties.Values.Any(p => !p.IsIn);
        if (isWaiting)
        {
            PrintRounds(Cascade.Of(coalition));
            Output.Line($"to set it in motion: {Of(UnlockingSearch.ToSetInMotion(coalition, question.Others, limit))}");
            Output.Line();
        }

        if (!coalition.Members.IsEmpty)
        {
            PrintStability(coalition, explanation);
        }

        PrintSensitivity(coalition);
    }

    /// <summary>Who falls out first although all who have signed are supposed to be in, and who after because of it; equal reasons together.</summary>
    private static void PrintRounds(Cascade cascade)
    {
        Output.Line("suppose that all who have signed are in; whoever's condition fails then falls out, round by round:");
        foreach (var round in cascade.Rounds)
        {
            foreach (var same in round.Lowered.GroupBy(l => (Why: WhatIfText.Because(l), l.To)))
            {
                var fall = same.Key.To > 0 ? $"slow by {same.Key.To}% only" : same.Count() == 1 ? "falls out" : "fall out";
                Output.Line($"  round {round.Number}: {string.Join(", ", same.Select(l => l.Party))} {fall}: {same.Key.Why}");
            }
        }
    }

    private static void PrintStability(Coalition coalition, CoalitionExplanation explanation)
    {
        var pivotal = explanation.Pivotal.ToArray();
        Output.Line(pivotal.Length == 0 ? "nobody is pivotal: whoever leaves, all others stay" : "pivotal:");
        foreach (var departure in pivotal)
        {
            Output.Line($"  {PactText.Of(departure)}");
        }

        var stable = StableCoalition.Of(coalition);
        Output.Line(stable.IsWhole ? "stable: no one departure frees anybody else"
            : stable.Members.IsEmpty ? "no part of it is stable against any one departure"
            : $"the largest part that is stable against any one departure{(stable.IsProven ? "" : " is among these")}: {string.Join(", ", stable.Members)}");
    }

    private static void PrintSensitivity(Coalition coalition)
    {
        var sensitivity = Sensitivity.Of(coalition);
        var moving = sensitivity.Parties.Where(p => Moves(p.Compute) || Moves(p.Assurance)).ToArray();
        if (sensitivity.World is { } world && Moves(world))
        {
            Output.Line($"every estimate of world compute, as a multiple: {Text(world, "times")}");
        }

        foreach (var one in moving.Take(MostFigures))
        {
            Output.Line($"{one.Party}: {string.Join("; ", Texts(one))}");
        }

        if (moving.Length > MostFigures)
        {
            Output.Line($"the figures of {moving.Length - MostFigures} more parties could change it; --json has them all");
        }
    }

    private static int One(PactQuestion question, PartyId party, TimeSpan limit)
    {
        var coalition = question.Coalition;
        if (coalition.Candidates.All(c => c.Party != party))
        {
            throw new UsageException($"--party: `{party}` has no commitment there; committed are {string.Join(", ", coalition.Candidates.Select(c => c.Party))}");
        }

        var reason = PartyExplanation.Of(coalition, party);
        Output.Line(PactText.Of(reason));
        if (!reason.IsIn)
        {
            Output.Line($"to bring it in: {Of(UnlockingSearch.ToBringIn(coalition, question.Others, party, limit))}");
        }
        else
        {
            Output.Line(PactText.Of(coalition.IfLeaves(party)));
        }

        foreach (var text in Sensitivity.Of(coalition).Parties.Where(p => p.Party == party).SelectMany(Texts))
        {
            Output.Line(text);
        }

        return reason.IsIn ? Exit.Good : Exit.Refused;
    }

    private static int Compare(Pact first, Pact second)
    {
        var rivals = RivalPacts.Of(first, second);
        Output.Line(rivals.Common.IsEmpty ? $"nobody is bound by both {first.Id} and {second.Id}" : $"bound by both {first.Id} and {second.Id}: {string.Join(", ", rivals.Common.Select(c => c.Party))}");
        Output.Line("a member of both stops, as the stricter has it:");
        foreach (var stop in rivals.Stops)
        {
            Output.Line($"  {stop.Stop} (by {string.Join(" and ", stop.By)})");
        }

        foreach (var member in rivals.Common)
        {
            Output.Line($"if {member.Party} leaves {first.Id}: {PactText.Of(member.LeavingFirst)}");
            Output.Line($"if {member.Party} leaves {second.Id}: {PactText.Of(member.LeavingSecond)}");
        }

        return rivals.Common.IsEmpty ? Exit.Refused : Exit.Good;
    }

    private static string Of(UnlockingSearch search) => search switch
    {
        UnlockingSearch.Proven { Signers.IsEmpty: true } => "no further signature is needed",
        UnlockingSearch.Proven proven => $"the signature{(proven.Signers.Length == 1 ? "" : "s")} of {string.Join(", ", proven.Signers)}, and no fewer (proven)",
        UnlockingSearch.Impossible => "no further signatures would do",
        UnlockingSearch.Stopped stopped => $"the signatures of {string.Join(", ", stopped.Signers)} would do; that fewer than {stopped.AtLeast} do not is proven, between the two it was stopped",
        _ => throw new InvalidOperationException("not a result"),
    };

    private static bool Moves(Leeway leeway) => leeway.Down is Breakpoint.At || leeway.Up is Breakpoint.At;

    private static IEnumerable<string> Texts(PartySensitivity one)
    {
        if (Moves(one.Compute))
        {
            yield return $"compute {Text(one.Compute, "FLOP/s")}";
        }

        if (Moves(one.Assurance))
        {
            yield return $"assurance {Text(one.Assurance, "%")}";
        }
    }

    private static string Text(Leeway leeway, string unit) =>
        string.Join(", ", [$"{Number(leeway.Present)} {unit}", .. new[] { Text(leeway.Down, "down to", unit), Text(leeway.Up, "up to", unit) }.OfType<string>()]);

    private static string? Text(Breakpoint point, string direction, string unit) => point is not Breakpoint.At at ? null
        : $"{direction} {Number(at.Value)} {unit} and {string.Join(", ", Consequences(at))}";

    private static IEnumerable<string> Consequences(Breakpoint.At at)
    {
        if (!at.Freed.IsEmpty)
        {
            yield return $"{Some(at.Freed)} {(at.Freed.Length == 1 ? "is" : "are")} free";
        }

        if (!at.Joining.IsEmpty)
        {
            yield return $"{Some(at.Joining)} {(at.Joining.Length == 1 ? "joins" : "join")}";
        }

        if (!at.OtherDegree.IsEmpty)
        {
            yield return $"{Some(at.OtherDegree)} slow{(at.OtherDegree.Length == 1 ? "s" : "")} otherwise";
        }
    }

    private static string Some(ImmutableArray<PartyId> parties) => parties.Length <= 4 ? string.Join(", ", parties) : $"{parties.Length} parties";

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static JsonObject Document(PactQuestion question, TimeSpan limit)
    {
        var coalition = question.Coalition;
        var explanation = CoalitionExplanation.Of(coalition);
        var stable = StableCoalition.Of(coalition);
        return new JsonObject
        {
            ["bound"] = SolveCommand.Names(coalition.Members),
            ["parties"] = new JsonArray([.. explanation.Parties.Values.Select(p => new JsonObject
            {
                ["party"] = p.Party.Value,
                ["bound"] = p.IsIn,
                ["degree"] = coalition.DegreeOf(p.Party),
                ["because"] = PactText.Of(p),
                ["waitingFor"] = SolveCommand.Names(p.WaitingFor),
            })]),
            ["toSetInMotion"] = Of(UnlockingSearch.ToSetInMotion(coalition, question.Others, limit)),
            ["pivotal"] = new JsonArray([.. explanation.Pivotal.Select(d => new JsonObject
            {
                ["leaver"] = d.Leaver.Value,
                ["free"] = SolveCommand.Names(d.Free),
            })]),
            ["stable"] = new JsonObject { ["members"] = SolveCommand.Names(stable.Members), ["proven"] = stable.IsProven },
            ["sensitivity"] = new JsonArray([.. Sensitivity.Of(coalition).Parties.Select(p => new JsonObject
            {
                ["party"] = p.Party.Value,
                ["compute"] = Leeways(p.Compute),
                ["assurance"] = Leeways(p.Assurance),
            })]),
        };
    }

    private static JsonObject Leeways(Leeway leeway) => new()
    {
        ["present"] = leeway.Present,
        ["down"] = leeway.Down is Breakpoint.At down ? down.Value : null,
        ["up"] = leeway.Up is Breakpoint.At up ? up.Value : null,
    };
}
