namespace Standstill.Measurement.Accounting;

/// <summary>The running sum of an accounting year, and what its variance is made of.</summary>
/// <param name="Periods">Periods balanced in this year.</param>
/// <param name="Cuf">Sum of the balances, in chip-hours.</param>
/// <param name="Present">Sum of what was present, ΣP.</param>
/// <param name="Squares">Sum of its squares, ΣP².</param>
/// <param name="CountPresent">ΣP since the inventory count in effect, within the year.</param>
/// <param name="CountSquares">For the counts before it, the sum of the squares of their ΣP.</param>
public readonly record struct YearSum(int Periods, double Cuf, double Present, double Squares, double CountPresent, double CountSquares)
{
    /// <summary>The standard deviation of the sum: √(Random² ΣP² + Systematic² (ΣP)² + Counting² Σ over counts (ΣP)²).</summary>
    internal double Deviation(ErrorModel errors) => Math.Sqrt(
        (errors.Random * errors.Random * Squares)
        + (errors.Systematic * errors.Systematic * Present * Present)
        + (errors.Counting * errors.Counting * (CountSquares + (CountPresent * CountPresent))));

    internal YearSum Recounted() => this with { CountPresent = 0, CountSquares = CountSquares + (CountPresent * CountPresent) };

    internal YearSum After(double cuf, double present) =>
        new(Periods + 1, Cuf + cuf, Present + present, Squares + (present * present), CountPresent + present, CountSquares);
}
