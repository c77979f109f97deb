using System.Collections.Immutable;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>What happens to accelerators.</summary>
public enum MovementStep
{
    /// <summary>Made; by its maker.</summary>
    Made,

    /// <summary>Sent off; by the giver.</summary>
    Shipped,

    /// <summary>Come in; by the taker.</summary>
    Received,

    /// <summary>Put into a balance area; by its owner.</summary>
    Installed,

    /// <summary>Let to a tenant; by both.</summary>
    Rented,

    /// <summary>Back from a tenant; by both.</summary>
    Returned,

    /// <summary>Scrapped or sold out of the registry; by its owner.</summary>
    Retired,
}

/// <summary>Accelerators are made, move or end. Giver and taker sign each for itself, under one name, and the two are compared.</summary>
/// <param name="Movement">The name that both use.</param>
/// <param name="Step">What happens.</param>
/// <param name="Counterparty">The other end.</param>
/// <param name="Accelerator">The kind.</param>
/// <param name="Count">How many.</param>
/// <param name="On">When.</param>
/// <param name="Facility">Where, with <paramref name="Area"/>: from or into which balance area.</param>
/// <param name="Area">Which.</param>
/// <param name="SerialsRoot">Root of the Merkle tree over the salted serial numbers.</param>
public sealed record MovementBody(
    MovementId Movement, MovementStep Step, PartyId? Counterparty, string Accelerator, long Count, DateTimeOffset On, FacilityId? Facility, AreaId? Area, Digest? SerialsRoot) : Body
{
    /// <summary>Whether another party signs the other end.</summary>
    public bool HasTwoEnds => Step is MovementStep.Shipped or MovementStep.Received or MovementStep.Rented or MovementStep.Returned;

    /// <summary>By how much it changes the stock of its area.</summary>
    public long Change => Area is null ? 0 : Step switch
    {
        MovementStep.Installed => Count,
        MovementStep.Shipped or MovementStep.Retired => -Count,
        _ => 0,
    };

    internal static MovementBody Read(Fields f)
    {
        var facility = f.NameOrNull("facility", "facility", "with `installed`, `shipped` and `retired`: of the balance area");
        var area = f.NameOrNull("area", "area", "the balance area that they go into or leave");
        var body = new MovementBody(
            new MovementId(f.Name("movement", "movement", "the name that giver and taker share")),
            f.Choice<MovementStep>("step", "what happens"),
            f.PartyOrNull("counterparty", "the other end of `shipped`, `received`, `rented` and `returned`"),
            f.Text("accelerator", 80, "the kind, as its maker calls it"),
            f.Whole("count", 1, 100_000_000, "accelerators", "how many"),
            f.Time("on", "when"),
            facility is null ? null : new FacilityId(facility),
            area is null ? null : new AreaId(area),
            f.DigestOrNull("serialsRoot", "root of the Merkle tree over the salted serial numbers; both ends give the same"));
        f.Require(!f.IsGood || body.HasTwoEnds == body.Counterparty is not null, "counterparty", body.HasTwoEnds ? "missing" : "this step has one end", body.HasTwoEnds ? "name the other end" : "leave it out");
        f.Require(!f.IsGood || facility is null == area is null, area is null ? "area" : "facility", "one without the other", "name both or neither");
        f.Require(!f.IsGood || area is null || body.Step is MovementStep.Installed or MovementStep.Shipped or MovementStep.Retired, "area", "this step changes no balance area", "leave it out");
        f.Require(!f.IsGood || area is not null || body.Step != MovementStep.Installed, "area", "missing", "name the balance area that they are put into");
        return body;
    }
}

/// <summary>Rentals of one period behind salted commitments, by a lessor or by a tenant: what both have can be matched, and nobody else's
/// customer is seen.</summary>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day.</param>
/// <param name="Commitments">One a rental, in ascending order: SHA-256(salt ‖ the rental's line), the salt shared by the two.</param>
public sealed record RentalCommitmentsBody(DateOnly From, DateOnly To, ImmutableArray<Digest> Commitments) : Body
{
    internal static RentalCommitmentsBody Read(Fields f)
    {
        var body = new RentalCommitmentsBody(
            f.Date("from", "first day of the period"),
            f.Date("to", "last day"),
            f.List("commitments", 0, 500, "one a rental, in ascending order, as `standstill compute rentals` makes them", c => c.Digest("sha256", "SHA-256(salt ‖ the rental's line)")));
        f.Require(!f.IsGood || body.From <= body.To, "to", "before `from`", "name the last day");
        f.Require(
            !f.IsGood || body.Commitments.Zip(body.Commitments.Skip(1)).All(p => string.CompareOrdinal(p.First.Hex, p.Second.Hex) < 0),
            "commitments",
            "not in ascending order, or one stands there twice",
            "sort them: their order must not tell which customer is which");
        return body;
    }
}
