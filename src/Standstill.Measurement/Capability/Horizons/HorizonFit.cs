namespace Standstill.Measurement.Capability.Horizons;

/// <summary>What the runs of one agent say of a horizon.</summary>
/// <param name="Estimate">ln(minutes) of the estimate; absent where the runs give only bounds.</param>
/// <param name="Low">The least ln(minutes) that the runs allow; −∞ where they do not bound it.</param>
/// <param name="High">The greatest ln(minutes) that the runs allow; +∞ where they do not bound it.</param>
public readonly record struct HorizonKnown(double? Estimate, double Low, double High);

/// <summary>The logistic fit of one agent's runs.</summary>
/// <remarks>Only <see cref="Fitted"/> has an estimate. Where successes and failures do not overlap in length, the likelihood is greatest
/// for an infinitely steep curve anywhere in the gap, and what a penalised fit picks there is the penalty's choice and not the data's:
/// the answer is then a bound.</remarks>
public abstract record HorizonFit
{
    private HorizonFit()
    {
    }

    /// <summary>What is known of the horizon at a success level.</summary>
    public abstract HorizonKnown Horizon(Probability success);

    /// <summary>The curve that minimises the penalised loss; absent where all runs succeeded or all failed, and where there are none.</summary>
    public virtual LogisticCurve? Curve => null;

    /// <summary>A curve falls through overlapping successes and failures.</summary>
    /// <param name="Falling">The curve, its slope below zero.</param>
    /// <param name="Loss">Σ w·logloss, without the penalty.</param>
    public sealed record Fitted(LogisticCurve Falling, double Loss) : HorizonFit
    {
        /// <inheritdoc/>
        public override LogisticCurve? Curve => Falling;

        /// <inheritdoc/>
        public override HorizonKnown Horizon(Probability success)
        {
            var log = Falling.LogHorizon(success);
            return new HorizonKnown(log, log, log);
        }
    }

    /// <summary>All shorter tasks were always done, all longer ones never: the horizon lies between.</summary>
    /// <param name="LongestSuccess">The longest task that was done.</param>
    /// <param name="ShortestFailure">The shortest task that was not, at least as long.</param>
    /// <param name="Penalised">The curve that the penalty picks, for comparison with others' figures.</param>
    public sealed record Separated(Minutes LongestSuccess, Minutes ShortestFailure, LogisticCurve Penalised) : HorizonFit
    {
        /// <inheritdoc/>
        public override LogisticCurve? Curve => Penalised;

        /// <inheritdoc/>
        public override HorizonKnown Horizon(Probability success) => new(null, Log(LongestSuccess), Log(ShortestFailure));
    }

    /// <summary>Every run succeeded: the horizon is at least the longest task.</summary>
    /// <param name="Longest">The longest task that was tried.</param>
    public sealed record AllSucceeded(Minutes Longest) : HorizonFit
    {
        /// <inheritdoc/>
        public override HorizonKnown Horizon(Probability success) => new(null, Log(Longest), double.PositiveInfinity);
    }

    /// <summary>Every run failed: the horizon is at most the shortest task.</summary>
    /// <param name="Shortest">The shortest task that was tried.</param>
    public sealed record AllFailed(Minutes Shortest) : HorizonFit
    {
        /// <inheritdoc/>
        public override HorizonKnown Horizon(Probability success) => new(null, double.NegativeInfinity, Log(Shortest));
    }

    /// <summary>Success does not fall with length: there is no length at which it passes a level, and nothing is known of the horizon.</summary>
    /// <param name="Level">The curve, its slope zero or above.</param>
    public sealed record NotFalling(LogisticCurve Level) : HorizonFit
    {
        /// <inheritdoc/>
        public override LogisticCurve? Curve => Level;

        /// <inheritdoc/>
        public override HorizonKnown Horizon(Probability success) => new(null, double.NegativeInfinity, double.PositiveInfinity);
    }

    /// <summary>There are no runs.</summary>
    public sealed record NoRuns : HorizonFit
    {
        /// <inheritdoc/>
        public override HorizonKnown Horizon(Probability success) => new(null, double.NegativeInfinity, double.PositiveInfinity);
    }

    private static double Log(Minutes length) => Numerics.PortableMath.Log(length.Value);
}
