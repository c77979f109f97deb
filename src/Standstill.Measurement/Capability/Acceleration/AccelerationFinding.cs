using System.Collections.Immutable;
using Standstill.Measurement.Indicators;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Acceleration;

/// <summary>A run of neighbouring frontier models and the slope of the line through them.</summary>
/// <param name="From">Release of the first.</param>
/// <param name="To">Release of the last.</param>
/// <param name="Models">How many there are, at least 3.</param>
/// <param name="Slope">By least squares, in units of the series a year.</param>
public sealed record Stretch(DateOnly From, DateOnly To, int Models, double Slope)
{
    /// <summary>The doubling time in days, where the series is a natural logarithm; +∞ where it does not grow.</summary>
    public double DoublingDays => Slope > 0 ? PortableMath.Log(2) * SegmentFits.Year / Slope : double.PositiveInfinity;
}

/// <summary>The bend that fits the published values best.</summary>
/// <param name="Date">Where the two lines meet.</param>
/// <param name="SlopeBefore">In units of the series a year.</param>
/// <param name="SlopeAfter">Likewise.</param>
public sealed record Bend(DateOnly Date, double SlopeBefore, double SlopeAfter);

/// <summary>The jump that fits the published values best.</summary>
/// <param name="First">The first frontier model after it.</param>
/// <param name="Slope">On both sides, in units of the series a year.</param>
/// <param name="Height">The step, in units of the series.</param>
public sealed record Jump(string First, double Slope, double Height);

/// <summary>Whether progress itself speeds up.</summary>
public abstract record AccelerationFinding
{
    private AccelerationFinding()
    {
    }

    /// <summary>The frontier has too few models to tell anything.</summary>
    /// <param name="Models">How many it has.</param>
    /// <param name="Needed">How many it takes.</param>
    public sealed record TooFew(int Models, int Needed) : AccelerationFinding;

    /// <summary>What the series says.</summary>
    public sealed record Measured : AccelerationFinding
    {
        internal Measured()
        {
        }

        /// <summary>The frontier of the published values, in order.</summary>
        public required ImmutableArray<SeriesPoint> Frontier { get; init; }

        /// <summary>The best bend of the published values.</summary>
        public required Bend BestBend { get; init; }

        /// <summary>The best jump of the published values.</summary>
        public required Jump BestJump { get; init; }

        /// <summary>Slope after over slope before the break, the break free in every draw.</summary>
        /// <remarks>Above 1: faster after. A draw with a frontier too short, or in which neither side grows, allows anything from 0 to
        /// +∞; one that grows only after the break gives +∞.</remarks>
        public required IndicatorDistribution SlopeRatio { get; init; }

        /// <summary>The day number of the break, over the draws.</summary>
        public required IndicatorDistribution BreakDay { get; init; }

        /// <summary>The frontier models from the break of the published values on.</summary>
        public required Stretch Latest { get; init; }

        /// <summary>The fastest stretch of at least three generations, all before that break.</summary>
        public required Stretch FastestEarlier { get; init; }

        /// <summary>The share of draws in which the latest stretch is faster than every earlier one.</summary>
        public required ProbabilityBounds LatestFaster { get; init; }

        /// <summary>Slope of the latest stretch over that of the fastest earlier one, over the draws.</summary>
        public required IndicatorDistribution LatestRatio { get; init; }

        /// <summary>How often, on series that have one slope and the same scatter, the latest stretch would exceed the fastest earlier one
        /// by at least as much: the p-value of "faster than anything earlier", corrected for having looked everywhere.</summary>
        public required Probability LatestPValue { get; init; }

        /// <summary>Probabilities of the shapes from the published values.</summary>
        public required ShapeOdds Shapes { get; init; }

        /// <summary>The same, averaged over the draws with a frontier long enough: what the error of the measurements
        /// leaves of it. Absent where none has.</summary>
        public required ShapeOdds? DrawnShapes { get; init; }

        /// <summary>AICc weights of the shapes from the published values.</summary>
        public required ShapeOdds AkaikeShapes { get; init; }

        /// <summary>The scatter about the best bend that the errors of measurement do not account for, in units of the series.</summary>
        public required double UnexplainedScatter { get; init; }
    }
}
