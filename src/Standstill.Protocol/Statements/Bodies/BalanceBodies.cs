using System.Collections.Immutable;
using Standstill.Measurement.Accounting;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>Where compute is balanced: accelerators of one kind at one facility, under one meter.</summary>
/// <param name="Facility">Where it is.</param>
/// <param name="Area">Its name there.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Accelerator">The kind, as the table of accelerators calls it.</param>
/// <param name="PeakFlopPerSecond">Peak dense bf16 FLOP/s of one.</param>
/// <param name="PeriodMinutes">Length of a balance period, minutes; the same in all areas of a party.</param>
/// <param name="MeterKey">The key that signs its digests: one of the party's keys with role `compute`, held by the meter alone.</param>
/// <param name="Closed">Whether it is given up.</param>
public sealed record BalanceAreaBody(
    FacilityId Facility, AreaId Area, string Title, string Accelerator, double PeakFlopPerSecond, int PeriodMinutes, PartyKey MeterKey, bool Closed) : Body
{
    internal static BalanceAreaBody Read(Fields f) => new(
        new FacilityId(f.Name("facility", "facility", "a facility that the party has put on record")),
        new AreaId(f.Name("area", "area", "its name at the facility; the same name again amends it")),
        f.Text("title", 100, "what it is called"),
        f.Text("accelerator", 80, "the kind, as its maker calls it"),
        f.Number("peakFlopPerSecond", 1e9, 1e18, "FLOP/s", "peak dense bf16 rate of one"),
        (int)f.Whole("periodMinutes", 1, 43_200, "minutes", "length of a balance period; one for all areas of the party, periods begin at its multiples since 1970"),
        f.Key("meterKey", "the party's key with role `compute` that signs the digests of this area"),
        f.Flag("closed", "the area is given up: no further digests"));
}

/// <summary>The accelerators of a balance area are counted.</summary>
/// <param name="Facility">Where.</param>
/// <param name="Area">Which.</param>
/// <param name="Counted">When they were counted.</param>
/// <param name="Count">How many there are, running or not.</param>
/// <param name="SerialsRoot">Root of the Merkle tree over the salted serial numbers, so that one can be drawn and shown.</param>
public sealed record AreaCountedBody(FacilityId Facility, AreaId Area, DateTimeOffset Counted, long Count, Digest? SerialsRoot) : Body
{
    internal static AreaCountedBody Read(Fields f) => new(
        new FacilityId(f.Name("facility", "facility", "where")),
        new AreaId(f.Name("area", "area", "which")),
        f.Time("counted", "when they were counted"),
        f.Whole("count", 0, 100_000_000, "accelerators", "how many are there, running or not"),
        f.DigestOrNull("serialsRoot", "root of the Merkle tree over the salted serial numbers, as `standstill compute serials` makes it"));
}

/// <summary>How an area's balances, or all of a party's together, are tested: set by an inspector, not by whom they test.</summary>
/// <param name="Party">Whose balances.</param>
/// <param name="Facility">The facility; null with <paramref name="Area"/> for the sum over all areas.</param>
/// <param name="Area">The area.</param>
/// <param name="Errors">Relative standard deviations of what is present.</param>
/// <param name="FalseAlarmsPerYear">How many alarms a year there may be without any diversion, in all tests of this balance.</param>
/// <param name="Power">What one accelerator draws; null where energy is not tested.</param>
/// <param name="Method">Where the figures come from.</param>
public sealed record BalanceDesignBody(
    PartyId Party, FacilityId? Facility, AreaId? Area, ErrorModel Errors, double FalseAlarmsPerYear, NodePower? Power, string Method) : Body
{
    // Errors and powers that divide what is observed stay well above 0, so that no statistic overflows.
    private const double LeastPercent = 0.01;

    private const double LeastKilowatts = 0.001;

    internal static BalanceDesignBody Read(Fields f)
    {
        var party = f.Party("party", "whose balances are tested");
        var facility = f.NameOrNull("facility", "facility", "of the area; left out, with the area, for the sum over all areas of the party");
        var area = f.NameOrNull("area", "area", "which");
        f.Require(facility is null == area is null, area is null ? "area" : "facility", "one without the other", "name both, or neither for the sum over all areas");
        var random = Percent(f, "randomPercent", "error of one period alone, one standard deviation", LeastPercent);
        var systematic = Percent(f, "systematicPercent", "error that all periods share: the meter's");
        var counting = Percent(f, "countingPercent", "error that the periods between two counts share");
        var rate = f.Number("falseAlarmsPerYear", 0.001, 4, "a year", "alarms without any diversion, in all tests of this balance");
        var power = f.ObjectOrNull("power", "left out where energy is not tested", p =>
        {
            var idle = p.Number("idleKilowatts", LeastKilowatts, 100, "kW", "of one accelerator with its share of the node, idle");
            var active = p.Number("activeKilowatts", LeastKilowatts, 200, "kW", "the same at full activity");
            p.Require(!p.IsGood || active > idle, "activeKilowatts", "not above what it draws idle", "give both at the node's input");
            return new NodePower(idle, Math.Max(active, idle + LeastKilowatts), Percent(p, "randomPercent", "error of one period alone, of the energy expected", LeastPercent), Percent(p, "systematicPercent", "error that all periods share"));
        });
        return new BalanceDesignBody(
            party,
            facility is null ? null : new FacilityId(facility),
            area is null ? null : new AreaId(area),
            new ErrorModel(random, systematic, counting),
            rate,
            power,
            f.Text("method", 4000, "where the figures come from"));
    }

    private static double Percent(Fields f, string name, string meaning, double min = 0) => f.Number(name, min, 50, "%", meaning) / 100;
}

/// <summary>What accelerators were used for.</summary>
public enum ComputeUse
{
    /// <summary>A declared training run, which is named.</summary>
    Training,

    /// <summary>Answering requests.</summary>
    Inference,

    /// <summary>Experiments that are no declared run.</summary>
    Research,

    /// <summary>Out of use: repair, maintenance, spares.</summary>
    Down,
}

/// <summary>Chip-hours of one use in one period.</summary>
/// <param name="Use">What for.</param>
/// <param name="Run">The declared run; only with training.</param>
/// <param name="ChipHours">How many.</param>
/// <param name="Flop">Operations that the work took, as the party counts them; null where it does not say.</param>
public sealed record UseLine(ComputeUse Use, RunId? Run, double ChipHours, double? Flop);

/// <summary>What the accelerators of an area were used for in one balance period, as the party says.</summary>
public sealed record UseDeclaredBody(FacilityId Facility, AreaId Area, DateTimeOffset From, DateTimeOffset To, ImmutableArray<UseLine> Uses) : Body
{
    /// <summary>Declared work, chip-hours.</summary>
    public double Declared => Uses.Where(u => u.Use != ComputeUse.Down).Sum(u => u.ChipHours);

    /// <summary>Documented as out of use, chip-hours.</summary>
    public double Down => Uses.Where(u => u.Use == ComputeUse.Down).Sum(u => u.ChipHours);

    internal static UseDeclaredBody Read(Fields f)
    {
        var body = new UseDeclaredBody(
            new FacilityId(f.Name("facility", "facility", "where")),
            new AreaId(f.Name("area", "area", "which")),
            f.Time("from", "beginning of the balance period"),
            f.Time("to", "its end"),
            f.List("uses", 0, 200, "one line a use; idle time is metered, not declared", u =>
            {
                var use = u.Choice<ComputeUse>("use", "what for");
                var run = u.NameOrNull("run", "run", "with `training`: a run that is on record");
                u.Require(use == ComputeUse.Training == run is not null, "run", run is null ? "training without its run" : "only training names a run", run is null ? "declare the run, and name it" : "leave it out");
                return new UseLine(
                    use,
                    run is null ? null : new RunId(run),
                    u.Number("chipHours", 0, 1e11, "chip-hours", "accelerators times hours"),
                    u.NumberOrNull("flop", 0, 1e32, "FLOP", "operations that the work took, as the party counts them"));
            }));
        f.Require(!f.IsGood || body.From < body.To, "to", "not after `from`", "name the period's end");
        return body;
    }
}
