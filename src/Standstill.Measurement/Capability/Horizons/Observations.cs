using System.Runtime.CompilerServices;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Horizons;

/// <summary>Weighted observations at one length: <paramref name="Weight"/> in all, of which the share <paramref name="Success"/> succeeded.</summary>
/// <param name="X">log2 of the minutes.</param>
/// <param name="Weight">The weight of all runs at this length, above zero.</param>
/// <param name="Success">Their weighted mean score, in [0, 1].</param>
internal readonly record struct Observation(double X, double Weight, double Success);

/// <summary>Observations in columns, as <see cref="LogisticSolver"/> works on them; filled anew for every fit.</summary>
internal sealed class Observations
{
    private readonly double[] columns;
    private readonly int most;

    /// <summary>An empty table.</summary>
    /// <param name="most">How many observations it can hold.</param>
    public Observations(int most)
    {
        this.most = (most + PortableVector.Lanes - 1) / PortableVector.Lanes * PortableVector.Lanes;
        columns = new double[3 * this.most];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether some weight stands on success.</summary>
    public bool AnySuccess { get; private set; }

    /// <summary>Whether some weight stands on failure.</summary>
    public bool AnyFailure { get; private set; }

    public static Observations Of(ReadOnlySpan<Observation> rows)
    {
        var table = new Observations(rows.Length);
        foreach (var row in rows)
        {
            table.Add(row.X, row.Weight, row.Success);
        }

        return table;
    }

    public void Clear() => (Count, AnySuccess, AnyFailure) = (0, false, false);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double x, double weight, double success)
    {
        columns[Count] = x;
        columns[most + Count] = weight;
        columns[(2 * most) + Count] = success;
        Count++;
        AnySuccess |= success > 0;
        AnyFailure |= success < 1;
    }

    /// <summary>The columns, made up to whole vectors with observations that weigh nothing.</summary>
    public void Columns(out ReadOnlySpan<double> x, out ReadOnlySpan<double> weight, out ReadOnlySpan<double> success)
    {
        var padded = (Count + PortableVector.Lanes - 1) / PortableVector.Lanes * PortableVector.Lanes;
        for (var i = Count; i < padded; i++)
        {
            columns[i] = columns[0];
            columns[most + i] = 0;
            columns[(2 * most) + i] = 0;
        }

        x = columns.AsSpan(0, padded);
        weight = columns.AsSpan(most, padded);
        success = columns.AsSpan(2 * most, padded);
    }
}
