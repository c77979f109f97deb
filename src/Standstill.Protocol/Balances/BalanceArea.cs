using System.Collections.Immutable;
using Standstill.Measurement.Accounting;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Balances;

/// <summary>Which balance area.</summary>
public readonly record struct AreaKey(PartyId Party, FacilityId Facility, AreaId Area) : IComparable<AreaKey>
{
    /// <inheritdoc/>
    public int CompareTo(AreaKey other) =>
        Party.CompareTo(other.Party) is var party && party != 0 ? party
        : Facility.CompareTo(other.Facility) is var facility && facility != 0 ? facility
        : Area.CompareTo(other.Area);

    /// <inheritdoc/>
    public override string ToString() => $"{Party}/{Facility}/{Area}";

    /// <summary>Reads `party/facility/area`.</summary>
    public static bool TryParse(string text, out AreaKey key)
    {
        var parts = text.Split('/');
        var good = parts.Length == 3 && Array.TrueForAll(parts, Slug.IsGood);
        key = good ? new AreaKey(new PartyId(parts[0]), new FacilityId(parts[1]), new AreaId(parts[2])) : default;
        return good;
    }
}

/// <summary>A digest that is on record.</summary>
public sealed record DigestRecord(PeriodDigest Body, EntryIndex Entry);

/// <summary>A balance area: what stands there, what its meter and its owner have said, and its balances.</summary>
public sealed record BalanceArea
{
    /// <summary>How long after its end a period's digest and declared use may come: 48 hours.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromHours(48);

    /// <summary>Which.</summary>
    public required AreaKey Key { get; init; }

    /// <summary>As put on record.</summary>
    public required BalanceAreaBody Body { get; init; }

    /// <summary>Since when.</summary>
    public required Moment Since { get; init; }

    /// <summary>How many accelerators it has had.</summary>
    public AreaStock Stock { get; init; } = AreaStock.Uncounted;

    /// <summary>The entry of the latest count, and its body.</summary>
    public (AreaCountedBody Body, Moment At)? Counted { get; init; }

    /// <summary>The beginning of its first period; null before the first digest or declaration.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Up to where there are digests.</summary>
    public DateTimeOffset? DigestedTo { get; init; }

    /// <summary>Up to where use is declared.</summary>
    public DateTimeOffset? DeclaredTo { get; init; }

    /// <summary>Up to where it is balanced.</summary>
    public DateTimeOffset? BalancedTo { get; init; }

    /// <summary>Digests whose use is not declared yet, in the order of their periods.</summary>
    public ImmutableList<DigestRecord> Digests { get; init; } = [];

    /// <summary>Declared use without its digest yet, in the order of the periods.</summary>
    public ImmutableList<UseDeclaredBody> Uses { get; init; } = [];

    /// <summary>The latest digest.</summary>
    public DigestRecord? LatestDigest { get; init; }

    /// <summary>The declared use of the latest period that is balanced.</summary>
    public UseDeclaredBody? LatestUse { get; init; }

    /// <summary>The digest of that period.</summary>
    public DigestRecord? LatestBalanced { get; init; }

    /// <summary>Its balances.</summary>
    public BalanceLine Line { get; init; } = BalanceLine.Empty;

    /// <summary>Length of its balance periods.</summary>
    public TimeSpan Period => TimeSpan.FromMinutes(Body.PeriodMinutes);

    /// <summary>When its next digest or declaration is overdue; null before the first and after it is given up.</summary>
    public DateTimeOffset? Due => Start is { } start && !Body.Closed ? (BalancedTo ?? start) + Period + Grace : null;

    /// <summary>Balances every period whose digest and declaration are both there.</summary>
    internal (BalanceArea Area, ImmutableArray<BalancePeriod> Balanced) Settle(Moment at)
    {
        var area = this;
        var balanced = ImmutableArray.CreateBuilder<BalancePeriod>();
        while (!area.Digests.IsEmpty && !area.Uses.IsEmpty)
        {
            // INVARIANT (step): digests and declarations of an area are contiguous from one start, so the first of each are of one period.
            var (digest, use) = (area.Digests[0], area.Uses[0]);
            var period = area.Account(digest.Body, use);
            balanced.Add(period);
            area = area with
            {
                Digests = area.Digests.RemoveAt(0),
                Uses = area.Uses.RemoveAt(0),
                BalancedTo = period.To,
                LatestUse = use,
                LatestBalanced = digest,
                Stock = area.Stock.From(period.To),
                Line = area.Line.Post(period, digest.Entry, at),
            };
        }

        return (area, balanced.ToImmutable());
    }

    private BalancePeriod Account(PeriodDigest digest, UseDeclaredBody use)
    {
        var present = Stock.Present(digest.From, digest.To);
        return new BalancePeriod(
            digest.From,
            digest.To,
            present,
            new ChipHours(digest.Figures.IdleHours),
            new ChipHours(use.Down),
            new ChipHours(use.Declared),
            Stock.CountOn(digest.From),
            // Where nothing is present no energy is expected, and a reading has nothing to be compared with.
            present.Value > 0 && digest.Figures is { EnergySource: not EnergySource.None } figures ? new EnergyReading(figures.EnergyKilowattHours, new ChipHours(figures.ActiveHours)) : null);
    }
}
