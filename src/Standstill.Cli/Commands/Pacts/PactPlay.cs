using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>A pact that goes through a story, with the engine that folds ledgers.</summary>
internal sealed class PactPlay
{
    /// <summary>The day on which stories begin: a day like any other, the same in every run.</summary>
    internal static readonly DateTimeOffset Start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PactWorld world;
    private readonly SortedDictionary<PartyId, Commitment> secret;
    private PartyFacts facts;
    private (Verdict Pause, Verdict Release) levels = (Verdict.NotMet, Verdict.NotMet);
    private long entry;

    private PactPlay(PactWorld world)
    {
        this.world = world;
        facts = world.Question.Coalition.Facts;
        secret = new(world.Sealed.ToDictionary(c => c.Party));
        Pact = Pact.Open(new PactId("story"), world.Terms!, world.Question.Registered.IsEmpty ? new PartyId("nobody") : world.Question.Registered[0], At(0));
        Pact = Pact.Observe(levels.Pause, levels.Release, facts, At(0));
    }

    /// <summary>The pact as it stands.</summary>
    public Pact Pact { get; private set; }

    /// <summary>Plays a whole story.</summary>
    /// <returns>One scene for each event, and a last one once all deadlines that time alone brings have passed.</returns>
    public static ImmutableArray<PactScene> Of(PactWorld world)
    {
        var play = new PactPlay(world);
        var scenes = ImmutableArray.CreateBuilder<PactScene>();
        if (world.Story.All(e => e.Deed != PactDeed.Commit))
        {
            foreach (var commitment in world.Commitments)
            {
                scenes.Add(play.Scene(PactEvent.Committing(commitment)));
            }
        }

        foreach (var happening in world.Story)
        {
            scenes.Add(play.Scene(happening));
        }

        return scenes.ToImmutable();
    }

    /// <summary>What a party commits to: the event's own text, or its line in `commitments`.</summary>
    public static Commitment CommitmentOf(PactWorld world, PactEvent e) => !e.Steps.IsEmpty
        ? new Commitment(e.Party!.Value, e.Steps, default)
        : world.Commitments.FirstOrDefault(c => c.Party == e.Party)
        ?? throw new UsageException($"story: {e.Party} commits on day {e.Day}, and `commitments` has no line for it; add one, or give the event a `commitment`");

    private PactScene Scene(PactEvent happening)
    {
        entry++;
        var at = At(happening.Day);
        if (at.Time < Pact.History[^1].At.Time)
        {
            throw new UsageException($"story: day {happening.Day} lies before the day of the event before; put the events in the order of days");
        }

        var known = Pact.History.Count;
        var outcome = Play(happening, at);
        Pact = outcome is PactOutcome.Done done ? done.Pact : Pact.Advance(at.Time, at.Entry);
        return new PactScene(happening, outcome as PactOutcome.Refused, [.. Pact.History.Skip(known)], Pact);
    }

    private PactOutcome Play(PactEvent e, Moment at) => e.Deed switch
    {
        PactDeed.Commit => Pact.Commit(e.Party!.Value, CommitmentOf(world, e).Steps, at),
        PactDeed.Ready => Pact.Ready(e.Party!.Value, Pact.Advance(at.Time, at.Entry).CoalitionHash ?? Digest.Of([]), at),
        PactDeed.Withdraw => Pact.Withdraw(e.Party!.Value, at),
        PactDeed.Discharge => new PactOutcome.Done(Pact.Discharge(e.Party!.Value, e.Duty, at)),
        PactDeed.Allege => Pact.Allege(new AllegationId(e.Text ?? "allegation"), e.Party!.Value, e.Against!.Value, e.Text ?? "an allegation", at),
        PactDeed.Rule => Pact.Rule(new AllegationId(e.Text ?? "allegation"), e.Ruling, at),
        PactDeed.Release => Pact.ReleaseBy(e.Party!.Value, at),
        PactDeed.Extend => Pact.Extend(e.Party!.Value, (int)e.Figure!.Value, at),
        PactDeed.HandOver => new PactOutcome.Done(Pact.HandOver(e.Party!.Value, e.Text ?? "weights", at)),
        PactDeed.Succeed => Succeeding(e, at),
        PactDeed.Compute => Observing(facts with { Shares = new ComputeShares(facts.Shares.FlopPerSecond.SetItem(e.Party!.Value, e.Figure!.Value)) }, levels, at),
        PactDeed.Assure => Observing(facts with { Assurance = e.Figure == 0 ? facts.Assurance.Remove(e.Party!.Value) : facts.Assurance.SetItem(e.Party!.Value, (int)e.Figure!.Value) }, levels, at),
        PactDeed.Trigger => Observing(facts, levels with { Pause = e.Figure == 1 ? Verdict.Met : Verdict.NotMet }, at),
        PactDeed.TriggerRelease => Observing(facts, levels with { Release = e.Figure == 1 ? Verdict.Met : Verdict.NotMet }, at),
        PactDeed.Trial => Trial(at),
        _ => new PactOutcome.Done(Pact.Advance(at.Time, at.Entry)),
    };

    private PactOutcome.Done Observing(PartyFacts next, (Verdict Pause, Verdict Release) seen, Moment at)
    {
        (facts, levels) = (next, seen);
        return new PactOutcome.Done(Pact.Observe(levels.Pause, levels.Release, facts, at));
    }

    private PactOutcome.Done Succeeding(PactEvent e, Moment at)
    {
        facts = facts with { Successors = facts.Successors.SetItem(e.Party!.Value, e.Successors) };
        return new PactOutcome.Done(Pact.Succeed(e.Party.Value, e.Successors, at).Observe(levels.Pause, levels.Release, facts, at));
    }

    // What trustees do in their closed room: solve with all that is sealed, and open only what would be in.
    private PactOutcome Trial(Moment at)
    {
        var now = Pact.Advance(at.Time, at.Entry);
        var standing = now.Solve().Candidates.Where(c => !secret.ContainsKey(c.Party));
        var coalition = Coalition.Largest(standing.Concat(secret.Values), facts, ImmutableSortedDictionary<PartyId, int>.Empty);
        ImmutableArray<Commitment> opened = [.. secret.Values.Where(c => coalition.Members.Contains(c.Party))];
        if (opened.IsEmpty)
        {
            return new PactOutcome.Done(now);
        }

        foreach (var commitment in opened)
        {
            secret.Remove(commitment.Party);
        }

        return Pact.Unseal(opened, at);
    }

    private Moment At(double day) => new(Start.AddDays(day), new EntryIndex(entry));
}

/// <summary>One event of a story and what came of it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Refused">Why it was refused, if it was.</param>
/// <param name="Changes">What happened to the pact, deadlines before the event included.</param>
/// <param name="Pact">The pact after it.</param>
internal sealed record PactScene(PactEvent Event, PactOutcome.Refused? Refused, ImmutableArray<PactTransition> Changes, Pact Pact);
