using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Rules;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol;

/// <summary>What follows from a change of the world: triggers are evaluated from evidence, and pacts observe their triggers
/// and the accounts. Nothing else moves a trigger's findings or a pact's stage.</summary>
/// <remarks>INVARIANT (settled): after every fold and every passing of a deadline each adopted trigger's levels, and what each pact
/// has observed, are those of the present world.</remarks>
internal static class Consequences
{
    /// <summary>The earliest time after which something changes with no further entry.</summary>
    public static DateTimeOffset? NextDeadline(World world)
    {
        DateTimeOffset? earliest = null;
        foreach (var trigger in world.Triggers.Values)
        {
            earliest = Earlier(earliest, trigger.NextChange);
        }

        foreach (var pact in world.Pacts.Values)
        {
            earliest = Earlier(earliest, pact.NextDeadline);
        }

        earliest = Earlier(earliest, world.DigestsDue.IsEmpty ? null : world.DigestsDue.Min.Due);
        return Earlier(earliest, world.FactsExpire);
    }

    /// <summary>Lets the deadlines of one instant pass: triggers first, then pacts.</summary>
    public static World Pass(World world, DateTimeOffset instant)
    {
        world = world with { Now = instant };
        var at = world.Moment;
        foreach (var trigger in world.Triggers.Values.Where(t => t.NextChange <= instant))
        {
            world = Evaluated(world, trigger, at);
        }

        if (world.FactsExpire <= instant || (!world.DigestsDue.IsEmpty && world.DigestsDue.Min.Due <= instant))
        {
            world = world.Reminded();
        }

        foreach (var id in Pacts(world))
        {
            world = Observing(world, world.Pacts[id].Advance(instant, at.Entry), at);
        }

        return world;
    }

    /// <summary>Draws what follows from an entry.</summary>
    public static World Draw(World before, World after, Moment at)
    {
        foreach (var (key, trigger) in after.Triggers)
        {
            var isNews = !ReferenceEquals(before.Evidence, after.Evidence)
                || !before.Triggers.TryGetValue(key, out var earlier)
                || earlier.Stage != trigger.Stage
                || earlier.Votes != trigger.Votes;
            if (isNews && trigger.Stage == TriggerStage.Adopted)
            {
                after = Evaluated(after, trigger, at);
            }
        }

        if (ReferenceEquals(before.Triggers, after.Triggers) && ReferenceEquals(before.Facts, after.Facts) && ReferenceEquals(before.Pacts, after.Pacts))
        {
            return after;
        }

        foreach (var id in Pacts(after))
        {
            after = Observing(after, after.Pacts[id], at);
        }

        return after;
    }

    private static World Evaluated(World world, TriggerRecord record, Moment at)
    {
        var evaluation = TriggerRules.Evaluate(world, record, at.Time);
        var levels = ImmutableArray.CreateBuilder<LevelStanding>();
        foreach (var finding in evaluation.Levels)
        {
            var earlier = record.Levels.FirstOrDefault(l => l.Level == finding.Level);
            var since = earlier is not null && earlier.Effective == finding.Effective ? earlier.Since : at;
            levels.Add(new LevelStanding(finding.Level, finding.Raw, finding.Effective, since));
        }

        var next = record with { Memory = evaluation.Memory, Levels = levels.ToImmutable(), NextChange = evaluation.NextChange };
        return world with { Triggers = world.Triggers.SetItem((record.Id, record.Trigger.Version), next) };
    }

    private static World Observing(World world, Pact pact, Moment at)
    {
        var adopted = world.Adopted(pact.Terms.Trigger);
        var (pause, release) = (Effective(adopted, TriggerLevel.Pause), Effective(adopted, TriggerLevel.Release));
        var seen = pact.Circumstances;
        var facts = PactFacts.For(world, pact);
        var isSeen = pact.Terms.Life is null ? ReferenceEquals(seen.Facts.Shares, facts.Shares) : seen.Facts == facts;
        var observed = seen.Pause == pause && seen.Release == release && isSeen ? pact : pact.Observe(pause, release, facts, at);
        return ReferenceEquals(observed, world.Pacts[pact.Id]) ? world : world with { Pacts = world.Pacts.SetItem(pact.Id, observed) };
    }

    // A pact names only older ones as its parties: in the order of opening each sees what became of those that it rests on.
    private static IEnumerable<PactId> Pacts(World world) => world.Pacts.Values.OrderBy(p => p.History[0].At.Entry).Select(p => p.Id).ToArray();

    private static Verdict Effective(TriggerRecord? trigger, TriggerLevel level) =>
        trigger?.Levels.FirstOrDefault(l => l.Level == level)?.Effective ?? Verdict.Undetermined;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
