namespace Standstill.Measurement.Adversary;

/// <summary>A share of draws and the interval of the probability behind it.</summary>
/// <remarks>95 % by Wilson: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
/// Statistical Association 22 (1927) 209–212. It says how well the simulation was drawn, not how true its assumptions are.</remarks>
/// <param name="Hits">Draws in which it happened.</param>
/// <param name="Draws">All draws. Of none the share is 0, and the interval all of [0, 1].</param>
public readonly record struct DrawnShare(int Hits, int Draws)
{
    private const double Z = 1.959963984540054;

    /// <summary>The share of draws.</summary>
    public Probability Value => new(Draws == 0 ? 0 : (double)Hits / Draws);

    /// <summary>The lower end of the interval.</summary>
    public Probability Low => new(Hits == 0 ? 0 : Math.Clamp(Centre - Half, 0, 1));

    /// <summary>The upper end of the interval.</summary>
    public Probability High => new(Hits == Draws ? 1 : Math.Clamp(Centre + Half, 0, 1));

    private double Centre => (((double)Hits / Draws) + (Z * Z / (2 * Draws))) / (1 + (Z * Z / Draws));

    private double Half
    {
        get
        {
            var p = (double)Hits / Draws;
            return Z / (1 + (Z * Z / Draws)) * Math.Sqrt((p * (1 - p) / Draws) + (Z * Z / (4.0 * Draws * Draws)));
        }
    }
}

/// <summary>How often something happens, with its interval.</summary>
/// <remarks>95 % for a Poisson count, by Byar's approximation (N. E. Breslow and N. E. Day, "Statistical methods in cancer research II",
/// IARC 1987, page 69).</remarks>
/// <param name="Count">How often it happened.</param>
/// <param name="Years">In how many years, above 0.</param>
public readonly record struct YearlyRate(long Count, double Years)
{
    private const double Z = 1.959963984540054;

    /// <summary>The rate a year.</summary>
    public double Value => Count / Years;

    /// <summary>The lower end of the interval.</summary>
    public double Low => Count == 0 ? 0 : Count * Cube(1 - (1.0 / (9.0 * Count)) - (Z / (3 * Math.Sqrt(Count)))) / Years;

    /// <summary>The upper end of the interval.</summary>
    public double High => (Count + 1) * Cube(1 - (1.0 / (9.0 * (Count + 1))) + (Z / (3 * Math.Sqrt(Count + 1)))) / Years;

    private static double Cube(double x) => x * x * x;
}

/// <summary>The difference between two shares of the same draws, with its interval.</summary>
/// <remarks>95 %, normal, from the variance of the differences draw by draw: common random numbers make it small.</remarks>
/// <param name="Gained">Draws in which it happened only afterwards.</param>
/// <param name="Lost">Draws in which it happened only before.</param>
/// <param name="Draws">All draws, at least 1.</param>
public readonly record struct PairedDifference(int Gained, int Lost, int Draws)
{
    /// <summary>Share afterwards less share before.</summary>
    public double Value => (double)(Gained - Lost) / Draws;

    /// <summary>The standard error of <see cref="Value"/>.</summary>
    public double StandardError => Math.Sqrt(Math.Max(0, ((double)(Gained + Lost) / Draws) - (Value * Value)) / Draws);

    /// <summary>The lower end of the interval.</summary>
    public double Low => Value - (1.959963984540054 * StandardError);

    /// <summary>The upper end of the interval.</summary>
    public double High => Value + (1.959963984540054 * StandardError);
}
