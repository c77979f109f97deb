using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Adversary;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Assurance;

/// <summary>What is really in place to see a diversion by one party: taken from the ledger, never from what a plan promises.</summary>
/// <remarks>
/// <para>Challenges and visits count by what was done and confirmed within the last year, no more often than their plans say. Accelerators that
/// a facility counts and no balance area holds are an area without a meter. Features are reported by meters and tested by nobody yet, and
/// declared work is computed again by nobody yet: both are absent.</para>
/// <para>What the ledger cannot tell is assumed, and stated: see <see cref="Assumptions"/>.</para>
/// </remarks>
public static class MeasuresOnLedger
{
    private const double DaysPerYear = 365;

    // NVIDIA H100 SXM data sheet, dense bf16: what the world's remainder is counted in.
    private const double ReferencePeak = 989.4e12;

    /// <summary>The share of the accelerators that nobody declares which one party could get hold of: 1 %.</summary>
    public static Probability Reachable { get; } = new(0.01);

    /// <summary>The share of its peak that hidden training reaches: 40 %, a little above the median of published runs.</summary>
    public static double Utilisation => 0.4;

    /// <summary>What is assumed and not on the ledger, in sentences.</summary>
    public static ImmutableArray<string> Assumptions { get; } =
    [
        "hidden training reaches 40 % of the peak",
        "1 % of the accelerators that nobody declares could be got hold of",
        "visits are unannounced, and fall on one area each",
        "a shipment past the ledger is noticed as often as the party's own accelerators are on record from both ends of theirs",
        "features of the shape of work are reported and not tested; declared work is not computed again",
    ];

    /// <summary>The measures at a party; null where it has no accelerators on record.</summary>
    public static MeasuresInPlace? Of(World world, PartyId party)
    {
        var areas = Areas(world, party);
        if (areas.IsEmpty)
        {
            return null;
        }

        var counts = world.AreasOf(party).Where(a => a.Stock.IsCounted).ToArray();
        return new MeasuresInPlace
        {
            Areas = areas,
            Rate = new AcceleratorRate(Peak(world, party), Utilisation),
            CountEveryDays = counts.Length == 0 ? (int)DaysPerYear : Math.Clamp(counts.Max(a => CountEvery(world, a)), 1, 1826),
            GlobalFalseAlarmsPerYear = world.PartyBalances.GetValueOrDefault(party)?.Line.Design?.Body.FalseAlarmsPerYear,
            Challenges = Challenges(world, party),
            Visits = Visits(world, party),
            MovementIdentification = Shipped(world, party, areas),
            RentalsReconciled = Reconciled(world, party),
            Remainder = Remainder(world),
        };
    }

    private static ImmutableArray<AreaInPlace> Areas(World world, PartyId party)
    {
        var all = ImmutableArray.CreateBuilder<AreaInPlace>();
        var metered = world.AreasOf(party).Where(a => !a.Body.Closed && a.Stock.On(world.Now) > 0).ToArray();
        foreach (var area in metered)
        {
            var chips = (int)area.Stock.On(world.Now);
            all.Add(new AreaInPlace(
                $"{area.Key.Facility}/{area.Key.Area}",
                chips,
                area.LatestDigest is { } digest && !world.Overdue.Contains(area.Key) ? Math.Min(1, (double)digest.Body.Chips / chips) : 0,
                Use(area),
                area.BalancedTo is null ? null : area.Line.Design?.Tests.Design));
        }

        foreach (var facility in world.Facilities.Values.Where(f => f.Party == party && f.Inventory is not null))
        {
            foreach (var line in facility.Inventory!.Accelerators)
            {
                var covered = metered.Where(a => a.Key.Facility == facility.Description.Facility && a.Body.Accelerator == line.Accelerator).Sum(a => a.Stock.On(world.Now));
                if (line.Count > covered)
                {
                    all.Add(new AreaInPlace($"{facility.Description.Facility}, {line.Accelerator} without a meter", (int)(line.Count - covered), 0, AreaUse.Usual, null));
                }
            }
        }

        return all.ToImmutable();
    }

    private static AreaUse Use(BalanceArea area)
    {
        if (area is not { LatestUse: { } use, LatestBalanced.Body: { } digest } || area.Line.Entries is not [.., { Period.Present.Value: > 0 and var present }])
        {
            return AreaUse.Usual;
        }

        double Share(double hours) => Math.Clamp(hours / present, 0, 1);
        var training = Share(use.Uses.Where(u => u.Use is ComputeUse.Training or ComputeUse.Research).Sum(u => u.ChipHours));
        var inference = Math.Min(Share(use.Uses.Where(u => u.Use == ComputeUse.Inference).Sum(u => u.ChipHours)), 1 - training);
        var down = Math.Min(Share(use.Down), 1 - training - inference);
        var idle = Math.Min(Share(digest.Figures.IdleHours), 1 - training - inference - down);
        return new AreaUse(idle, down, training, inference, Math.Clamp(digest.Figures.ActiveHours / present, 0.01, 1));
    }

    private static double Peak(World world, PartyId party)
    {
        var (rate, chips) = (0.0, 0.0);
        foreach (var area in world.AreasOf(party).Where(a => !a.Body.Closed))
        {
            (rate, chips) = (rate + (area.Stock.On(world.Now) * area.Body.PeakFlopPerSecond), chips + area.Stock.On(world.Now));
        }

        foreach (var line in world.Facilities.Values.Where(f => f.Party == party && f.Inventory is not null).SelectMany(f => f.Inventory!.Accelerators))
        {
            (rate, chips) = (rate + (line.Count * line.PeakFlopPerSecond), chips + line.Count);
        }

        return chips > 0 ? rate / chips : ReferencePeak;
    }

    private static int CountEvery(World world, BalanceArea area) =>
        area.Stock.CountOn(world.Now) is > 1 and var counts ? (int)Math.Ceiling((world.Now - area.Since.Time).TotalDays / (counts - 1)) : (int)DaysPerYear;

    private static ChallengePlan? Challenges(World world, PartyId party)
    {
        var areas = world.AreasOf(party).Where(a => !a.Body.Closed && a.LatestDigest is not null).ToArray();
        var plans = Plans(world, party).Where(p => p.Body.ChallengesPerMonth > 0).ToArray();
        var done = world.Challenges.Values
            .Where(c => c.Body.Party == party && c.Body.Kind == ChallengeKind.Chunks && c.Result == InspectionResult.Confirmed && IsRecent(world, c.At))
            .ToArray();
        if (areas.Length == 0 || done.Length == 0)
        {
            return null;
        }

        var perYear = done.Length / Years(world, plans) / areas.Length;
        var planned = plans.Sum(p => p.Body.ChallengesPerMonth) * DaysPerYear / 30 / areas.Length;
        var perDay = areas.Min(a => a.LatestDigest!.Body.Chunks * (int)Math.Max(1, 1440L / a.Body.PeriodMinutes));
        var each = Math.Min(done.Min(c => c.Body.Draw), perDay);
        var times = (int)Math.Floor(Math.Min(perYear, planned > 0 ? planned : perYear));
        return times < 1 || each < 1 ? null : new ChallengePlan(times, each, perDay);
    }

    private static VisitPlan? Visits(World world, PartyId party)
    {
        var plans = Plans(world, party).Where(p => p.Body.Visits > 0 && !p.Body.Strata.IsEmpty).ToArray();
        var done = world.InspectionFindings.Count(f => f.Body.Party == party && f.Body is { Challenge: null, Alarms: false, Area: not null, Result: InspectionResult.Confirmed } && IsRecent(world, f.At));
        if (plans.Length == 0 || done == 0)
        {
            return null;
        }

        var planned = plans.Sum(p => p.Body.Visits / Math.Max(1.0, p.Body.To.DayNumber - p.Body.From.DayNumber + 1) * DaysPerYear);
        var times = (int)Math.Floor(Math.Min(done / Years(world, plans), planned));
        var strata = plans.SelectMany(p => p.Body.Strata).ToArray();
        return times < 1 ? null : new VisitPlan(times, (int)strata.Min(s => s.Sample), new Probability(strata.Min(s => s.IdentificationPercent) / 100), RandomTiming: true, NoticeHours: 0);
    }

    // How likely a shipment to the party is on record from its other end: the share of its accelerators of which that is so.
    private static Probability? Shipped(World world, PartyId party, ImmutableArray<AreaInPlace> areas)
    {
        var signed = world.Transfers.Values
            .Where(t => t.Key.Kind == TransferKind.Shipment && t.Agrees && t.SideOf(party)?.Body.Step == MovementStep.Received)
            .Sum(t => t.Ends[0].Body.Count);
        return signed == 0 ? null : new Probability(Math.Min(1, (double)signed / areas.Sum(a => (long)a.Chips)));
    }

    private static double Reconciled(World world, PartyId party)
    {
        var sets = Reconciliation.Of(world);
        if (sets.LastOrDefault(s => s.Party == party) is not { } own || world.Facts.World.IsEmpty)
        {
            return 0;
        }

        // What clouds outside this registry let is on no ledger: only the registry's part of the world is reconciled.
        var (matched, all) = (own.Matched.Values.Sum(), own.Matched.Values.Sum() + own.Unmatched);
        return all == 0 ? 0 : (double)matched / all * Math.Min(1, world.Shares.Total / world.Facts.World.Values.Max(e => e.Middle));
    }

    private static WorldRemainder? Remainder(World world)
    {
        if (world.Facts.World.IsEmpty)
        {
            return null;
        }

        double Chips(double rate) => Math.Max(0, rate - world.Shares.Total - world.OutsideFlopPerSecond) / ReferencePeak;
        return new WorldRemainder(
            Chips(world.Facts.World.Values.Min(e => e.Low)),
            Chips(world.Facts.World.Values.Select(e => e.Middle).Order().ElementAt(world.Facts.World.Count / 2)),
            Chips(world.Facts.World.Values.Max(e => e.High)),
            Reachable.Value);
    }

    private static IEnumerable<Inspections.PlanRecord> Plans(World world, PartyId party)
    {
        var today = DateOnly.FromDateTime(world.Now.UtcDateTime);
        return world.InspectionPlans.Values.Where(p => p.Body.Party == party && p.Body.From <= today && today <= p.Body.To);
    }

    // What was done is spread over the time that its plan has run: a quarter at least, so that one challenge in the first week is not fifty a year.
    private static double Years(World world, Inspections.PlanRecord[] plans) =>
        Math.Clamp((plans.Length == 0 ? DaysPerYear : plans.Max(p => (world.Now - p.At.Time).TotalDays)) / DaysPerYear, 0.25, 1);

    private static bool IsRecent(World world, Moment at) => (world.Now - at.Time).TotalDays <= DaysPerYear;
}
