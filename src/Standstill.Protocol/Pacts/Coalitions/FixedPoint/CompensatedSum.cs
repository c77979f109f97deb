namespace Standstill.Protocol.Pacts.Coalitions.FixedPoint;

/// <summary>A running sum of terms that come and go, with a bound on its error.</summary>
/// <remarks>
/// <para>Two-sum (Knuth) yields the rounding error of each addition exactly, u = 2⁻⁵³ of the sum at most; the errors are summed
/// apart. After m additions with sums of magnitude P at most, what is lost is within (m·u)²·P: 2⁻⁵⁸ P for m = 2²⁴, beside the
/// last rounding of u·P.</para>
/// <para>INVARIANT (sum): <see cref="Value"/> lies within <see cref="Error"/> of the sum in real numbers.</para>
/// </remarks>
internal struct CompensatedSum
{
    private const int MostAdditions = 1 << 24;
    private const double PerMagnitude = 1.0 / (1L << 50);

    private double sum;
    private double lost;
    private double magnitude;
    private int additions;

    public readonly double Value => sum + lost;

    public readonly double Error => magnitude * PerMagnitude;

    /// <summary>Whether the sum is to be taken anew: too many additions, or far smaller than it once was.</summary>
    public readonly bool IsWorn => additions > MostAdditions || magnitude > 1024 * (Math.Abs(sum) + double.Epsilon);

    public void Add(double term)
    {
        double next = sum + term;
        double part = next - sum;
        lost += (sum - (next - part)) + (term - part);
        sum = next;
        magnitude = Math.Max(magnitude, Math.Abs(next));
        additions++;
    }
}
