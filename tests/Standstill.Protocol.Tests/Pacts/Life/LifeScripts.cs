using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Life;

/// <summary>One step of a random script: what is done, by whom, and how long after the step before.</summary>
internal sealed record LifeStep(int Kind, int Who, int Other, int Hours, ImmutableArray<CommitmentStep> Commitment, PartyFacts Facts);

/// <summary>Random lives of a pact of version 2 between five of eight parties.</summary>
internal static class LifeScripts
{
    private const int Parties = 5;

    private static readonly Gen<Standard> Standards =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5]).Select((slowed, assured) => new Standard(slowed == 0 ? 50 : 100, assured == 0 ? 50 : 0));

    private static readonly Gen<Condition> Clause = Gen.Select(Gen.Int[0, 7], Gen.Int[1, 255], Gen.Int[1, 4], Gen.Int[1, 4], Standards).Select(
        (kind, mask, count, stay, standard) => kind switch
        {
            0 or 1 => new Condition.Everyone(Few(mask), standard),
            2 => (Condition)AtLeast(count, stay, Few(mask | 6), standard),
            3 => new Condition.Number(Math.Max(count, stay), Math.Min(count, stay), standard),
            4 => new Condition.Jurisdictions(1 + (count % 2), 1, standard),
            5 => new Condition.Compute(20 * count, 20 * Math.Min(count, stay), ComputeBasis.Accounted, 50, standard),
            6 => new Condition.Compute(10 * count, 10 * Math.Min(count, stay), ComputeBasis.World, 80, standard),
            _ => new Condition.Always(),
        });

    private static readonly Gen<Condition> Formula =
        Gen.Select(Gen.Int[0, 3], Clause, Clause).Select((kind, one, other) => kind switch
        {
            0 => Condition.AllOf(one, other),
            1 => Condition.AnyOf(one, other),
            _ => one,
        });

    private static readonly Gen<ImmutableArray<CommitmentStep>> Commitments =
        Gen.Select(Gen.Int[0, 3], Formula, Formula).Select((kind, high, low) => kind == 0
            ? [new CommitmentStep(50, low), new CommitmentStep(100, high)]
            : ImmutableArray.Create(new CommitmentStep(100, high)));

    private static readonly Gen<PartyFacts> Facts =
        Gen.Select(Conditions.Shares, Gen.Int[0, 255], Gen.Int[0, 255], Gen.Int[0, 8]).Select((shares, assured, lands, world) => PartyFacts.Of(shares) with
        {
            Assurance = Conditions.Members(assured).ToImmutableSortedDictionary(p => p, _ => 60),
            Jurisdictions = Conditions.Parties.ToImmutableSortedDictionary(p => p, p => Conditions.Members(lands).Contains(p) ? "NO" : "KE"),
            World = world == 0 ? PartyFacts.None.World : PartyFacts.None.World.Add("some", new WorldComputeEstimate(world * 3, world * 4, world * 6)),
            OutsideFlopPerSecond = world / 4,
        });

    private static readonly Gen<LifeStep> Step =
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, Parties - 1], Gen.Int[0, 59], Gen.Int[0, 60], Commitments, Facts).Select((kind, who, other, hours, commitment, facts) =>
            new LifeStep(kind, who, other, other % 3 == 0 ? 0 : hours, commitment, facts));

    private static readonly Gen<PactTerms> Terms =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[-1, 20], Gen.Int[0, 255], Gen.Int[1, 4]).Select(
            (notice, cure, withdrawal, longest, flags, days) => PactTerms.Check(
                "Random",
                new PactScope("anything", null, []),
                new TriggerId("some"),
                TimeSpan.FromDays(notice),
                TimeSpan.FromDays(cure),
                TimeSpan.FromDays(withdrawal),
                longest < 0 ? null : TimeSpan.FromDays(longest)).OrThrow() with
            {
                Life = new PactLife
                {
                    Preparation = TimeSpan.FromDays(days),
                    Rulings = TimeSpan.FromDays(1 + notice),
                    Silence = (flags & 1) == 0 ? null : TimeSpan.FromDays(cure),
                    Owed = (flags & 2) == 0 ? [] : [new Duty(DutyKind.Heartbeat, TimeSpan.FromDays(2)), new Duty(DutyKind.Balance, TimeSpan.FromDays(3 * days))],
                    Blackout = TimeSpan.FromDays((flags & 4) == 0 ? 0 : days),
                    Probation = TimeSpan.FromDays((flags & 8) == 0 ? 0 : 2 * days),
                    Lifting = (flags & 16) == 0 ? [] : [new LiftingStep(70, TimeSpan.FromDays(days)), new LiftingStep(30, TimeSpan.FromDays(notice))],
                    Release = new ReleaseRule((flags & 32) == 0, (flags & 192) == 0 ? null : (flags & 64) == 0 ? 100 : 60),
                    Seal = new SealTerms([Conditions.Parties[7]], 1, CoarseCount: false),
                },
            });

    public static readonly Gen<(PactTerms Terms, LifeStep[] Steps)> Random = Gen.Select(Terms, Step.Array[20, 60]);

    /// <summary>The pact after each step, refused steps included; the last one long after all deadlines.</summary>
    public static IEnumerable<(Moment At, Pact Pact)> Play(PactTerms terms, LifeStep[] steps)
    {
        var at = new Moment(Given.Start, new EntryIndex(0));
        Pact pact = Pact.Open(new PactId("random"), terms, Conditions.Parties[0], at);
        int allegations = 0;
        foreach (LifeStep step in steps)
        {
            at = new Moment(at.Time.AddHours(step.Hours), new EntryIndex(at.Entry.Value + 1));
            pact = pact.Advance(at.Time, new EntryIndex(at.Entry.Value - 1));
            pact = Apply(pact, step, at, ref allegations);
            yield return (at, pact);
        }

        yield return (at, pact.Advance(at.Time.AddDays(4000), at.Entry));
    }

    /// <summary>All of a pact's state as text, so that two pacts can be compared.</summary>
    public static string Document(Pact pact)
    {
        var text = new StringBuilder(PactScripts.Document(pact));
        text.AppendLine(pact.CalledAt + " " + string.Join(' ', pact.Extensions));
        foreach (Member member in pact.Members.Values)
        {
            text.AppendLine(member.Commitment.Party + " " + string.Join(' ', member.Shown) + " " + string.Join(' ', member.Owing));
        }

        foreach (Allegation allegation in pact.Allegations.Values)
        {
            text.AppendLine(allegation.Id + " " + Given.Names(allegation.Answering));
        }

        return text.ToString();
    }

    private static Pact Apply(Pact pact, LifeStep step, Moment at, ref int allegations)
    {
        PartyId party = Conditions.Parties[step.Who];
        AllegationId Some(int made) => new("al-" + (made == 0 ? 0 : step.Other % made));
        PactOutcome outcome = step.Kind switch
        {
            0 or 1 or 2 or 3 => pact.Commit(party, step.Commitment, at),
            4 => pact.Unseal([.. new[] { party, Conditions.Parties[5 + (step.Other % 3)] }.Select(p => new Commitment(p, step.Commitment, at.Entry))], at),
            5 when step.Other % 2 == 0 => pact.Withdraw(party, at),
            6 or 7 or 8 => Readying(pact, step.Other % 8, at),
            9 => pact.ReleaseBy(party, at),
            10 => pact.Allege(new AllegationId("al-" + allegations++), Conditions.Parties[step.Other % 8], party, "what was done", at),
            11 => pact.Rule(Some(allegations), step.Other % 5 == 0 ? Ruling.Dismissed : Ruling.Upheld, at),
            12 => pact.Rule(Some(allegations), Ruling.Cured, at),
            13 or 14 => Done(Conditions.Parties.Aggregate(pact, (next, p) => next.Discharge(p, (DutyKind)(step.Other % 2), at))),
            15 => pact.Extend(party, 1 + (step.Other % 5), at),
            16 when step.Other % 4 == 0 => Done(Succeeding(pact, step, at)),
            17 when step.Other % 4 == 0 => Done(pact.HandOver(party, "weights", at)),
            _ => Done(pact.Observe(
                (Verdict)(2 - (step.Other % 5 / 2)),
                step.Other % 13 == 0 ? Verdict.Met : Verdict.NotMet,
                step.Facts with { Successors = pact.Circumstances.Facts.Successors },
                at)),
        };
        return outcome is PactOutcome.Done done ? done.Pact : pact;
    }

    private static PactOutcome.Done Done(Pact pact) => new(pact);

    // Several at once, so that preparing ends well often enough.
    private static PactOutcome Readying(Pact pact, int few, Moment at)
    {
        foreach (PartyId party in few == 0 ? [] : pact.MembersPledged.Take(few))
        {
            pact = pact.CoalitionHash is { } hash && pact.Ready(party, hash, at) is PactOutcome.Done done ? done.Pact : pact;
        }

        return Done(pact);
    }

    private static Pact Succeeding(Pact pact, LifeStep step, Moment at)
    {
        PartyId old = Conditions.Parties[step.Who];
        ImmutableSortedSet<PartyId> successors = [Conditions.Parties[(step.Who + 1 + (step.Other % 3)) % 8], Conditions.Parties[(step.Who + 3 + (step.Other % 2)) % 8]];
        PartyFacts facts = pact.Circumstances.Facts;
        return facts.Successors.Values.Any(s => s.Contains(old)) || facts.Successors.ContainsKey(old) || successors.Any(facts.Successors.ContainsKey)
            ? pact
            : pact.Succeed(old, successors, at).Observe(
                pact.Circumstances.Pause,
                pact.Circumstances.Release,
                step.Facts with { Successors = facts.Successors.Add(old, successors) },
                at);
    }

    private static Listed Few(int mask) => new([.. Conditions.Members(mask).Take(3)], []);

    private static Condition.AtLeast AtLeast(int count, int stay, Listed of, Standard standard)
    {
        int asked = 1 + (count % of.Count);
        return new Condition.AtLeast(asked, Math.Min(asked, stay), of, standard);
    }
}
