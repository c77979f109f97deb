namespace Standstill.Measurement.Accounting;

/// <summary>The account of one balance area over one balance period, all in chip-hours.</summary>
/// <param name="From">The start, included.</param>
/// <param name="To">The end, excluded; after the start.</param>
/// <param name="Present">Inventory in effect (count and movements) times hours; not negative.</param>
/// <param name="Idle">Metered idle: telemetry present, no activity; not negative.</param>
/// <param name="Down">Documented down or in maintenance and not seen working; not negative.</param>
/// <param name="Declared">Declared use: training runs by name, inference, research; not negative.</param>
/// <param name="Count">The number of the inventory count in effect; it rises with each count.</param>
/// <param name="Energy">What the energy meter read, or null where there is none.</param>
public sealed record BalancePeriod(
    DateTimeOffset From,
    DateTimeOffset To,
    ChipHours Present,
    ChipHours Idle,
    ChipHours Down,
    ChipHours Declared,
    int Count,
    EnergyReading? Energy)
{
    /// <summary>Compute unaccounted for: Present − Idle − Down − Declared.</summary>
    /// <remarks>What is dark (no telemetry and no document) or works undeclared is positive; over-declared use is negative.</remarks>
    public ChipHours Cuf => new(Present.Value - Idle.Value - Down.Value - Declared.Value);

    /// <summary>Why this period cannot be balanced, or null.</summary>
    public FigureFault? Fault()
    {
        if (To <= From)
        {
            return new("to", $"the period ends at `{To:O}`, not after its start `{From:O}`", "give an end after the start");
        }

        if (Present.Value < 0 || Idle.Value < 0 || Down.Value < 0 || Declared.Value < 0)
        {
            var (field, hours) = Present.Value < 0 ? ("present", Present) : Idle.Value < 0 ? ("idle", Idle) : Down.Value < 0 ? ("down", Down) : ("declared", Declared);
            return new(field, $"`{hours}` chip-hours are negative", "give an amount of zero or more");
        }

        return Energy switch
        {
            { Active.Value: < 0 } => new("energy", $"`{Energy.Active}` active chip-hours are negative", "give an amount of zero or more"),
            { } energy when !(energy.KilowattHours >= 0 && double.IsFinite(energy.KilowattHours)) =>
                new("energy", $"`{energy.KilowattHours}` kilowatt-hours are no amount of energy", "give an amount of zero or more"),
            _ => null,
        };
    }

    /// <summary>The global account: the sum of the areas of one party over the same period.</summary>
    /// <remarks>The number of the count is the sum of the areas' numbers, so that it rises when any area is counted. Energy is summed
    /// only where every area reads it, since the model explains the energy of all that is present.</remarks>
    /// <exception cref="ArgumentException">There is no area, or the areas' periods differ.</exception>
    public static BalancePeriod Sum(IEnumerable<BalancePeriod> areas)
    {
        BalancePeriod? first = null;
        double present = 0, idle = 0, down = 0, declared = 0, kilowattHours = 0, active = 0;
        var (count, metered) = (0, true);
        foreach (var area in areas)
        {
            first ??= area;
            if (area.From != first.From || area.To != first.To)
            {
                throw new ArgumentException($"an area's period {area.From:O} to {area.To:O} is not {first.From:O} to {first.To:O}", nameof(areas));
            }

            present += area.Present.Value;
            idle += area.Idle.Value;
            down += area.Down.Value;
            declared += area.Declared.Value;
            count += area.Count;
            metered &= area.Energy is not null;
            kilowattHours += area.Energy?.KilowattHours ?? 0;
            active += area.Energy?.Active.Value ?? 0;
        }

        return first is null
            ? throw new ArgumentException("a sum is over at least one area", nameof(areas))
            : new(
                first.From,
                first.To,
                new(present),
                new(idle),
                new(down),
                new(declared),
                count,
                metered ? new(kilowattHours, new(active)) : null);
    }
}
