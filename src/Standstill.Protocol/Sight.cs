using System.Collections.Immutable;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol;

/// <summary>A confidential value that was opened to somebody.</summary>
public sealed record DisclosureRecord(PartyId By, DisclosureBody Body, Moment At);

/// <summary>What a party could see beyond the public ledger, and since when.</summary>
/// <param name="Disclosure">Who opened it, and to whom.</param>
/// <param name="Since">From the disclosure, or from the party's accreditation where that came later.</param>
public sealed record Sight(DisclosureRecord Disclosure, Moment Since)
{
    /// <summary>What one party could see, in the order of the disclosures. The ledger itself is public: every entry can be seen by everybody
    /// from its receipt on.</summary>
    /// <exception cref="KeyNotFoundException">The party is not enrolled.</exception>
    public static ImmutableArray<Sight> Of(World world, PartyId party)
    {
        var who = world.Parties[party];
        return [.. world.Disclosures
            .Where(d => d.By != party && (d.Body.To.Contains(party) || IsIn(d.Body.Tier, who)))
            .Select(d => new Sight(d, d.Body.To.Contains(party) || who.Accredited is not { } accredited || accredited.Time <= d.At.Time ? d.At : accredited))];
    }

    private static bool IsIn(DisclosureTier tier, Party who) => tier switch
    {
        DisclosureTier.Public => true,
        DisclosureTier.Parties => who is { Accredited: not null, Kind: PartyKind.Lab or PartyKind.Cloud or PartyKind.State },
        DisclosureTier.Inspectors => who is { Accredited: not null, Kind: PartyKind.Inspector },
        DisclosureTier.Regulator => who is { Accredited: not null, Kind: PartyKind.Regulator },
        _ => throw new InvalidOperationException("not a tier"),
    };
}
