using System.Collections.Immutable;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Sealing;
using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol;

/// <summary>How much a finding calls for attention.</summary>
public enum Weight
{
    /// <summary>For information.</summary>
    Plain,

    /// <summary>Something is on its way or undetermined.</summary>
    Notable,

    /// <summary>Something is stopped, broken or silent.</summary>
    Grave,
}

/// <summary>One thing that holds.</summary>
/// <param name="About">What it is about: `pact sample-pause`, `trigger horizon`, `party ash`.</param>
/// <param name="Text">What holds, a sentence without the final period.</param>
/// <param name="Since">Since when, and since which entry.</param>
/// <param name="Changes">What would change it.</param>
/// <param name="Weight">How much it calls for attention.</param>
public sealed record Finding(string About, string Text, Moment Since, string Changes, Weight Weight);

/// <summary>What holds in a world, since which entry, and what would change it.</summary>
public static class Findings
{
    /// <summary>The findings: pacts first, then triggers, balances and inspections, then silence and what contradicts an obligation.</summary>
    public static ImmutableArray<Finding> Of(World world) =>
        [.. world.Pacts.Values.SelectMany(p => OfPact(world, p)), .. world.Triggers.Values.SelectMany(t => OfTrigger(world, t)), .. BalanceFindings.Of(world), .. OfSilence(world)];

    private static IEnumerable<Finding> OfPact(World world, Pact pact)
    {
        var about = $"pact {pact.Id}";
        var outlook = pact.WhatWouldChangeIt(Eligible(world), 500);
        yield return new Finding(about, $"{pact.Terms.Title}: {Clean(PactText.Of(pact.Stage))}", pact.Stage.Since, OfStage(pact, outlook, world.Adopted(pact.Terms.Trigger) is not null), pact.Stage switch
        {
            PactStage.InForce or PactStage.InNotice or PactStage.Preparing => Weight.Grave,
            PactStage.Armed or PactStage.Lifting => Weight.Notable,
            _ => Weight.Plain,
        });

        foreach (var member in pact.Members.Values)
        {
            var party = member.Commitment.Party;
            var changes = member.Standing switch
            {
                Standing.Waiting when outlook.ToBringIn.TryGetValue(party, out var search) => Clean(PactText.Of(search)),
                Standing.Bound => Clean(PactText.Of(outlook.Departures.First(d => d.Leaver == party))),
                Standing.InCure => "a ruling that it has cured, before the time is over",
                Standing.Suspected => "the evidence that it owes",
                Standing.Pledged when pact.Stage is PactStage.Preparing => "its confirmation that it is ready",
                Standing.Pledged => $"a call by trigger `{pact.Terms.Trigger}`",
                Standing.Ready => "the confirmations of the others, or the deadline",
                Standing.InBreach or Standing.Withdrawn or Standing.DroppedOut => "a new commitment",
                _ => "nothing",
            };
            yield return new Finding(about, Clean(PactText.Of(member)), member.Standing.Since, changes, member.Standing switch
            {
                Standing.InBreach or Standing.InCure or Standing.Suspected => Weight.Grave,
                Standing.Waiting or Standing.DroppedOut => Weight.Notable,
                _ => Weight.Plain,
            });
        }

        foreach (var finding in pact.Obligations.Where(o => o.From <= world.Now).SelectMany(o => OfRuns(world, pact, o).Concat(OfClusters(world, pact, o))))
        {
            yield return finding;
        }

        if (pact.Terms.Life?.Seal is { CoarseCount: true })
        {
            var closed = world.Sealed.Values.Where(s => s.Opened is null && s.Commitment.Pact == pact.Id).ToArray();
            yield return new Finding(about, SealedCount.Text(closed.Length), closed.Length == 0 ? pact.History[0].At : closed[^1].At, "a trial of the trustees", Weight.Plain);
        }
    }

    /// <summary>A bound member's own declarations may already contradict what it stops.</summary>
    private static IEnumerable<Finding> OfRuns(World world, Pact pact, Obligation obligation) =>
        from run in world.Runs.Values
        where run.Party == obligation.Party && run.Closed is null && obligation.Degree == 100 && IsStopped(run, obligation.Scope)
        select new Finding(
            $"pact {pact.Id}",
            $"{run.Party} has an open run `{run.Declaration.Run}` of {run.Declaration.PlannedFlop:0.##e+0} FLOP, which the pact stops while it is in force",
            run.Updated ?? run.Declared,
            "the run is closed, or an allegation is ruled on",
            Weight.Grave);

    private static bool IsStopped(TrainingRun run, PactScope scope)
    {
        var flop = Math.Max(run.Declaration.PlannedFlop, run.FlopSoFar);
        var isAllowed = scope.Allowances.Any(a => a switch
        {
            ScopeAllowance.SafetyWork => run.Declaration.Purpose == RunPurpose.Safety,
            ScopeAllowance.NamedRun named => named.Party == run.Party && named.Run == run.Declaration.Run,
            _ => false,
        });
        return !isAllowed
            && (flop > scope.TrainingComputeAbove || scope.Stops.OfType<ScopeStop.RunsOfKind>().Any(k => k.Purposes.Contains(run.Declaration.Purpose)));
    }

    /// <summary>So may its own inventories.</summary>
    private static IEnumerable<Finding> OfClusters(World world, Pact pact, Obligation obligation) =>
        from stop in obligation.Scope.Stops.OfType<ScopeStop.ClustersAbove>()
        from facility in world.Facilities.Values
        where facility.Party == obligation.Party && obligation.Degree == 100
            && facility.Inventory?.Accelerators.Sum(a => a.Count) > stop.Accelerators
        select new Finding(
            $"pact {pact.Id}",
            $"{facility.Party} counts more accelerators at `{facility.Description.Facility}` than the {stop.Accelerators} of a cluster that the pact allows while it is in force",
            facility.Counted ?? facility.Since,
            "another inventory, or a ruling on an allegation",
            Weight.Grave);

    private static string OfStage(Pact pact, Outlook outlook, bool isPolicy) => pact.Stage switch
    {
        PactStage.Open => Clean(PactText.Of(outlook.ToSetInMotion)),
        PactStage.Armed => $"trigger `{pact.Terms.Trigger}` calls it{(isPolicy ? "" : ", once the panel has adopted it")}; {Pivotal(outlook)}",
        PactStage.InNotice notice => $"time: {PactText.Time(notice.Until)}; {Pivotal(outlook)}",
        PactStage.Preparing preparing => $"the confirmations of its members, by {PactText.Time(preparing.Until)}",
        PactStage.Lifting lifting => $"time: the next step at {PactText.Time(lifting.Until)}",
        PactStage.InForce => $"release by {ReleaseOf(pact)}; {Pivotal(outlook)}",
        _ => "nothing: the pact is over",
    };

    private static string ReleaseOf(Pact pact) => pact.Terms.Life?.Release switch
    {
        null or { ByTrigger: true, MembersPercent: 100 } => $"trigger `{pact.Terms.Trigger}` or by all bound members",
        { ByTrigger: true, MembersPercent: null } => $"trigger `{pact.Terms.Trigger}`",
        { ByTrigger: true, MembersPercent: { } percent } => $"trigger `{pact.Terms.Trigger}` or by {percent}% of the bound members",
        { MembersPercent: { } percent } => $"{percent}% of the bound members",
        _ => "time",
    };

    private static string Pivotal(Outlook outlook) =>
        outlook.Departures.Where(d => d.IsPivotal).Select(d => Inner(PactText.Of(d))).ToArray() is { Length: > 0 } pivotal
            ? string.Join("; ", pivotal)
            : "no single departure would free anybody else";

    private static IEnumerable<Finding> OfTrigger(World world, TriggerRecord record)
    {
        var about = $"trigger {record.Id}";
        if (record.Stage != TriggerStage.Adopted)
        {
            yield return new Finding(about, $"`{record.Trigger.Name}` version {record.Trigger.Version} is {Words.Of(record.Stage)}", record.StageSince, record.Stage == TriggerStage.Proposed ? "the panel adopts it" : "nothing", Weight.Plain);
            yield break;
        }

        foreach (var standing in record.Levels)
        {
            yield return new Finding(
                about,
                $"`{record.Trigger.Name}` version {record.Trigger.Version}, {Words.Of(standing.Level)}: {Verdicts(standing)}",
                standing.Since,
                OfLevel(record, standing.Level),
                (standing.Effective, standing.Level, standing.Raw) switch
                {
                    (Verdict.Met, TriggerLevel.Pause, _) => Weight.Grave,
                    (Verdict.Met, _, _) or (_, _, Verdict.Undetermined) => Weight.Notable,
                    _ => Weight.Plain,
                });
        }
    }

    private static string OfLevel(TriggerRecord record, TriggerLevel level) =>
        record.Trigger.Levels.First(l => l.Level == level).Condition.Atoms().All(a => a is Triggers.Condition.PanelVotesRelease)
            ? "votes of the panel"
            : record.NextChange is { } next ? $"new evidence; what is on record is judged anew at {PactText.Time(next)}" : "new evidence";

    private static string Verdicts(LevelStanding standing) => standing.Raw == standing.Effective
        ? Spoken(standing.Effective)
        : $"{Spoken(standing.Effective)} (the evidence leaves it {Spoken(standing.Raw)})";

    private static string Spoken(Verdict verdict) => Words.Of(verdict).Replace('-', ' ');

    private static IEnumerable<Finding> OfSilence(World world)
    {
        if (world.Charter is not { } charter)
        {
            yield break;
        }

        if (world.LastTick is { } tick && world.Now - tick.Time > charter.Limits.TickInterval)
        {
            yield return new Finding("party operator", "the operator is silent", tick, "a tick", Weight.Grave);
        }

        foreach (var (party, since) in world.UnilateralPauses)
        {
            yield return new Finding($"party {party}", $"{party} pauses by itself, which changes nobody's condition", since, "its own word", Weight.Plain);
        }

        foreach (var handed in world.HandOvers)
        {
            yield return new Finding($"party {handed.Party}", $"{handed.Party} has handed {Words.Of(handed.Body.What)} to an outsider: {handed.Body.To}", handed.At, "nothing: it is on record", Weight.Notable);
        }

        var bound = world.Pacts.Values.SelectMany(p => p.MembersBound).ToImmutableSortedSet();
        foreach (var party in bound.Select(id => world.Parties[id]))
        {
            var last = party.LastHeartbeat ?? party.Enrolled;
            if (world.Now - last.Time > charter.Limits.HeartbeatInterval)
            {
                yield return new Finding($"party {party.Id}", $"{party.Id} is bound and silent: {(party.LastHeartbeat is null ? "it has never sent a heartbeat" : "its heartbeat is overdue")}", last, "a heartbeat", Weight.Grave);
            }
        }
    }

    /// <summary>Who could commit to a pact: accredited labs, clouds and states.</summary>
    public static IEnumerable<PartyId> Eligible(World world) =>
        world.Parties.Values.Where(p => p.Kind is PartyKind.Lab or PartyKind.Cloud or PartyKind.State && p.Accredited is not null).Select(p => p.Id);

    private static string Inner(string sentence) => char.ToLowerInvariant(sentence[0]) + Clean(sentence)[1..];

    private static string Clean(string sentence) => sentence.TrimEnd('.');
}
