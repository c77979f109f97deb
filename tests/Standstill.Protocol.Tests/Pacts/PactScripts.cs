using System.Text;
using CsCheck;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>One step of a random script: what is done, by whom, and how long after the step before.</summary>
internal sealed record PactStep(int Kind, int Who, int Other, int Hours, Condition Condition, ComputeShares Shares);

/// <summary>Random lives of a pact between five parties.</summary>
internal static class PactScripts
{
    private const int Parties = 5;

    private static readonly Gen<PactStep> Step =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, Parties - 1], Gen.Int[0, 59], Gen.Int[0, 60]).SelectMany(s =>
            Gen.Select(Conditions.Random, Conditions.Shares).Select((condition, shares) =>
                new PactStep(s.Item1, s.Item2, s.Item3, s.Item3 % 3 == 0 ? 0 : s.Item4, condition, shares)));

    public static readonly Gen<(PactTerms Terms, PactStep[] Steps)> Random = Gen.Select(
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[-1, 20]).Select((notice, cure, withdrawal, longest) => PactTerms.Check(
            "Random",
            new PactScope("anything", null, []),
            new TriggerId("some"),
            TimeSpan.FromDays(notice),
            TimeSpan.FromDays(cure),
            TimeSpan.FromDays(withdrawal),
            longest < 0 ? null : TimeSpan.FromDays(longest)).OrThrow()),
        Step.Array[10, 40]);

    /// <summary>The pact after each step, refused steps included; the last one long after all deadlines.</summary>
    public static IEnumerable<(Moment At, Pact Pact)> Play(PactTerms terms, PactStep[] steps)
    {
        var at = new Moment(Given.Start, new EntryIndex(0));
        Pact pact = Pact.Open(new PactId("random"), terms, Conditions.Parties[0], at);
        int allegations = 0;
        foreach (PactStep step in steps)
        {
            at = new Moment(at.Time.AddHours(step.Hours), new EntryIndex(at.Entry.Value + 1));
            pact = pact.Advance(at.Time, new EntryIndex(at.Entry.Value - 1));
            pact = Apply(pact, step, at, ref allegations);
            yield return (at, pact);
        }

        yield return (at, pact.Advance(at.Time.AddDays(1000), at.Entry));
    }

    /// <summary>All of a pact's state as text, so that two pacts can be compared.</summary>
    public static string Document(Pact pact)
    {
        var text = new StringBuilder();
        text.AppendLine(pact.Id + " " + pact.OpenedBy + " " + pact.Stage + " " + Given.Names(pact.ReleaseAgreed));
        text.AppendLine(pact.Circumstances.Pause + " " + pact.Circumstances.Release + " " + string.Join(' ', pact.Circumstances.Facts.Shares.FlopPerSecond));
        foreach (Member member in pact.Members.Values)
        {
            text.AppendLine(member.ToString());
        }

        foreach (Allegation allegation in pact.Allegations.Values)
        {
            text.AppendLine(allegation.ToString());
        }

        foreach (PactTransition transition in pact.History)
        {
            text.AppendLine(transition.At + " " + transition.What.GetType().Name + " " + PactText.Of(transition.What));
        }

        return text.ToString();
    }

    private static Pact Apply(Pact pact, PactStep step, Moment at, ref int allegations)
    {
        PartyId party = Conditions.Parties[step.Who];
        AllegationId Some(int made) => new("al-" + (made == 0 ? 0 : step.Other % made));
        PactOutcome outcome = step.Kind switch
        {
            0 or 1 or 2 => pact.Commit(party, step.Condition, at),
            3 => pact.Commit(party, new Condition.Everyone([.. Conditions.Parties.Take(1 + (step.Other % Parties))]), at),
            4 when step.Other % 4 == 0 => pact.Withdraw(party, at),
            5 => pact.ReleaseBy(party, at),
            6 or 7 => pact.Allege(new AllegationId("al-" + allegations++), Conditions.Parties[step.Other % 8], party, "what was done", at),
            8 => pact.Rule(Some(allegations), Ruling.Upheld, at),
            9 => pact.Rule(Some(allegations), step.Other % 2 == 0 ? Ruling.Cured : Ruling.Dismissed, at),
            _ => new PactOutcome.Done(pact.Observe(
                (Verdict)(2 - (step.Other % 5 / 2)),
                step.Other % 13 == 0 ? Verdict.Met : Verdict.NotMet,
                step.Shares,
                at)),
        };
        return outcome is PactOutcome.Done done ? done.Pact : pact;
    }
}
