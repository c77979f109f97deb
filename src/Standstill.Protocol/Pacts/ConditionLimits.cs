namespace Standstill.Protocol.Pacts;

/// <summary>How large a condition may be.</summary>
/// <remarks>
/// The language:
/// <code>
/// condition = or
/// or        = and *("or" and)
/// and       = unit *("and" unit)
/// unit      = "(" condition ")"
///           / "always"
///           / "all" "of" list
///           / "at" "least" count "of" list
///           / "at" "least" number "%" "of" "accounted" "compute"
/// list      = party *("," party)
/// </code>
/// Words of the language may be written in either case, names of parties in lower case only.
/// </remarks>
public static class ConditionLimits
{
    /// <summary>The length of a text, in characters.</summary>
    public const int Characters = 4096;

    /// <summary>Terms in one condition: each listed name, each share of compute and each `always` is one.</summary>
    public const int Terms = 256;

    /// <summary>Parentheses within parentheses.</summary>
    public const int Nesting = 32;

    /// <summary>Decimals of a percentage.</summary>
    public const int PercentDecimals = 4;
}
