namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>What a party must reach to count in a clause: how far it slows, and how well that is verified.</summary>
/// <param name="SlowedBy">The degree, in per cent from 1 to 100: 100 is a stop.</param>
/// <param name="Assurance">The probability of detection that an inspector has put on record for it, in per cent from 1 to 99;
/// 0 where none is asked.</param>
public readonly record struct Standard(int SlowedBy, int Assurance)
{
    /// <summary>A stop, by the party's own word.</summary>
    public static Standard Stopped { get; } = new(100, 0);

    /// <summary>Whether the values lie in their ranges.</summary>
    public bool IsGood => SlowedBy is >= 1 and <= 100 && Assurance is >= 0 and <= 99;
}

/// <summary>What a share of compute is a share of.</summary>
public enum ComputeBasis
{
    /// <summary>What accredited parties have counted.</summary>
    Accounted,

    /// <summary>All there is, by estimates on record: what nobody accounts for is in the denominator.</summary>
    World,
}

/// <summary>Which version of the language a text is in.</summary>
public enum ConditionVersion
{
    /// <summary>The language of `commitment` statements of version 1.</summary>
    One = 1,

    /// <summary>The language of version 2, with levels of verification, degrees, jurisdictions, world compute and pacts.</summary>
    Two = 2,
}
