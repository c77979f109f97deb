namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>How large a condition may be.</summary>
/// <remarks>
/// The language of version 1:
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
/// Version 2 writes for the last two:
/// <code>
/// unit      = "(" condition ")"
///           / "always"
///           / "all" "of" list [standard]
///           / "at" "least" count [stay] "of" list [standard]
///           / "at" "least" count [stay] ("parties" / "jurisdictions") [standard]
///           / "at" "least" share [stay] "of" "accounted" "compute" [standard]
///           / "at" "least" share [stay] "of" "world" "compute" ["with" "confidence" percent] [standard]
/// stay      = "(" "staying" "at" (count / share) ")"
/// standard  = ["slowed" "by" percent] ["with" "assurance" "at" "least" percent]
/// list      = item *("," item)
/// item      = party / "pact" pact
/// share     = number "%"
/// percent   = count "%"
/// </code>
/// Staying asks for a count after a count and for a share after a share, and for no more than joining. A slowdown lies in 1 to
/// 100 %, an assurance in 1 to 99 %, a confidence in 50 to 95 %, each a whole number; a share lies above 0 and up to 100 %; a
/// count of parties or jurisdictions lies in 1 to 10,000. What is left out: staying as joining, slowed by 100 %, no assurance,
/// confidence 50 %. Words of the language may be written in either case, names in lower case only; a name that is a word of the
/// language cannot be listed, and version 2 has further words than version 1: those above, and `stop`, `slow` and `when`.
/// </remarks>
public static class ConditionLimits
{
    /// <summary>The length of a text, in characters.</summary>
    public const int Characters = 4096;

    /// <summary>Terms in one condition: each listed name, each share of compute, each number of parties or jurisdictions and each `always` is one.</summary>
    public const int Terms = 256;

    /// <summary>Parentheses within parentheses.</summary>
    public const int Nesting = 32;

    /// <summary>Decimals of a percentage.</summary>
    public const int PercentDecimals = 4;
}
