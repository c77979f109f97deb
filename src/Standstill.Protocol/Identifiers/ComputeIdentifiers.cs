namespace Standstill.Protocol;

/// <summary>A balance area's name, unique within its facility.</summary>
public readonly record struct AreaId : IComparable<AreaId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public AreaId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(AreaId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A challenge's name within one registry.</summary>
public readonly record struct ChallengeId : IComparable<ChallengeId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public ChallengeId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(ChallengeId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An inspection plan's name within one registry.</summary>
public readonly record struct InspectionPlanId : IComparable<InspectionPlanId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public InspectionPlanId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(InspectionPlanId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A movement's name, which giver and taker share.</summary>
public readonly record struct MovementId : IComparable<MovementId>
{
    /// <summary>Takes a name that is known to be well formed.</summary>
    /// <exception cref="ArgumentException">It is not: see <see cref="Slug.Rule"/>.</exception>
    public MovementId(string value) => Value = Slug.Require(value);

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(MovementId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
