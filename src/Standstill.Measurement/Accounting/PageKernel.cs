using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Accounting;

/// <summary>One step of Page's sum as a linear map on functions of S, held at 0 and at Gauss–Legendre points of (0, h).</summary>
/// <remarks>For a function f of the sum after the step, the mean before it is f(0) Φ(k − δ − s) + ∫₀ʰ f(x) φ(x + k − δ − s) dx: the sum is set to 0, or
/// lands at x, or the alarm ends the run.</remarks>
internal sealed class PageKernel
{
    private const double InverseSquareRootTwoPi = 0.3989422804014327;

    private readonly double allowance;
    private readonly double[] nodes;
    private readonly double[] weights;
    private double[] rows = [];
    private double shiftOfRows = double.NaN;

    public PageKernel(PageLimit limit, int points)
    {
        if (!(limit.Interval >= 0 && limit.Interval <= 1000) || !double.IsFinite(limit.Allowance))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "the decision interval is from 0 to 1,000");
        }

        allowance = limit.Allowance;
        (nodes, weights) = GaussLegendre.On(0, limit.Interval, points);
    }

    /// <summary>The kernel is as smooth as the normal density, so 16 points and 5 for each 2 standard deviations of h leave an error below that of
    /// solving the equations (which is about 1e-16 times the run length, relative).</summary>
    public static PageKernel For(PageLimit limit) => new(limit, 16 + (int)Math.Ceiling(2.5 * Math.Clamp(limit.Interval, 0, 1000)));

    private int Size => nodes.Length + 1;

    /// <summary>The function that is the same everywhere.</summary>
    public double[] Constant(double value)
    {
        var function = new double[Size];
        function.AsSpan().Fill(value);
        return function;
    }

    /// <summary>The mean of a function after one step, and a constant added.</summary>
    public double[] Before(double[] after, double shift, double added)
    {
        Prepare(shift);
        var before = new double[Size];
        for (var row = 0; row < before.Length; row++)
        {
            var sum = added;
            var factors = rows.AsSpan(row * Size, Size);
            for (var column = 0; column < factors.Length; column++)
            {
                sum += factors[column] * after[column];
            }

            before[row] = sum;
        }

        return before;
    }

    /// <summary>The same from one value of the sum: the equation itself interpolates (E. J. Nyström 1930).</summary>
    public double BeforeFrom(double start, double[] after, double shift, double added)
    {
        var k = allowance - shift;
        var sum = added + (after[0] * PortableMath.NormalCdf(k - start));
        for (var point = 0; point < nodes.Length; point++)
        {
            sum += after[point + 1] * weights[point] * Density(nodes[point] + k - start);
        }

        return sum;
    }

    /// <summary>The function that is its own mean after a step, and 1: the average run length.</summary>
    public double[] RunLength(double shift) => Fixed(shift, Constant(1));

    /// <summary>The mean square of the run length: E L² = 1 + 2 (mean of L after a step) + (mean of E L² after a step).</summary>
    public double[] RunLengthSquare(double shift, double[] lengths)
    {
        var added = Before(lengths, shift, 0);
        for (var i = 0; i < added.Length; i++)
        {
            added[i] = 1 + (2 * added[i]);
        }

        return Fixed(shift, added);
    }

    private double[] Fixed(double shift, double[] added)
    {
        Prepare(shift);
        var matrix = new double[rows.Length];
        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i] = -rows[i];
        }

        for (var i = 0; i < Size; i++)
        {
            matrix[(i * Size) + i] += 1;
        }

        LinearSystem.Solve(matrix, added);
        return added;
    }

    private static double Density(double x) => InverseSquareRootTwoPi * PortableMath.Exp(-x * x / 2);

    private void Prepare(double shift)
    {
        if (shift == shiftOfRows)
        {
            return;
        }

        var k = allowance - shift;
        rows = new double[Size * Size];
        for (var row = 0; row < Size; row++)
        {
            var from = row == 0 ? 0 : nodes[row - 1];
            rows[row * Size] = PortableMath.NormalCdf(k - from);
            for (var column = 1; column < Size; column++)
            {
                rows[(row * Size) + column] = weights[column - 1] * Density(nodes[column - 1] + k - from);
            }
        }

        shiftOfRows = shift;
    }
}
