using System.Collections.Immutable;
using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol.Triggers;

/// <summary>The unit of a threshold.</summary>
public enum ThresholdUnit
{
    /// <summary><c>min</c></summary>
    Minutes,

    /// <summary><c>h</c>: 60 minutes.</summary>
    Hours,

    /// <summary><c>days</c>: of the calendar, never working days.</summary>
    Days,

    /// <summary><c>%</c></summary>
    Percent,

    /// <summary><c>x</c></summary>
    Times,
}

/// <summary>A threshold as it was written.</summary>
/// <param name="Value">The number: at most 9 digits before the point and 6 after it, above zero (a share may be zero, and is at most 100).</param>
/// <param name="Unit">Its unit.</param>
public readonly record struct Quantity(decimal Value, ThresholdUnit Unit)
{
    /// <summary>The most digits before the point.</summary>
    public const int MostIntegerDigits = 9;

    /// <summary>The most digits after the point.</summary>
    public const int MostDecimals = 6;

    /// <summary>In the unit in which the indicator is measured: minutes, days, a fraction, a ratio.</summary>
    public double InBase => (double)(Value * PerUnit);

    /// <summary>How many of the measured unit one of this unit is.</summary>
    internal decimal PerUnit => Unit switch
    {
        ThresholdUnit.Hours => 60m,
        ThresholdUnit.Percent => 0.01m,
        _ => 1m,
    };

    /// <inheritdoc/>
    public override string ToString() => Write(Value, Unit);

    /// <summary>A number with its unit, as the language writes it.</summary>
    internal static string Write(decimal value, ThresholdUnit unit) => Write(value.ToString("0.######", CultureInfo.InvariantCulture), unit);

    /// <summary>A written number with its unit.</summary>
    internal static string Write(string number, ThresholdUnit unit) => unit switch
    {
        ThresholdUnit.Minutes => number + " min",
        ThresholdUnit.Hours => number + " h",
        ThresholdUnit.Days => number + (number == "1" ? " day" : " days"),
        ThresholdUnit.Percent => number + "%",
        _ => number + "x",
    };
}

/// <summary>What a trigger can compare.</summary>
public abstract record Indicator
{
    private Indicator()
    {
    }

    /// <summary>As the language writes it.</summary>
    public abstract string Text { get; }

    /// <summary>The units in which a threshold may be given.</summary>
    public abstract ImmutableArray<ThresholdUnit> Units { get; }

    /// <summary>Whether it is measured lab by lab rather than over all models.</summary>
    public bool IsPerLab => this is OfLab;

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    /// <summary>The horizon of the best model at a success rate of 50 % or 80 %.</summary>
    /// <param name="Percent">50 or 80.</param>
    public sealed record FrontierHorizon(int Percent) : Indicator
    {
        /// <summary>50 or 80.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is neither.</exception>
        public int Percent { get; } =
            Percent is 50 or 80 ? Percent : throw new ArgumentOutOfRangeException(nameof(Percent), Percent, "a horizon is at 50 % or 80 %");

        /// <summary>The success rate.</summary>
        public Probability Success => new(Percent / 100.0);

        /// <inheritdoc/>
        public override string Text => string.Create(CultureInfo.InvariantCulture, $"frontier horizon({Percent}%)");

        /// <inheritdoc/>
        public override ImmutableArray<ThresholdUnit> Units => [ThresholdUnit.Minutes, ThresholdUnit.Hours];
    }

    /// <summary>In how many days the frontier's 50 % horizon doubles.</summary>
    /// <param name="Since">Only models released on or after this day enter the trend; absent, all do.</param>
    public sealed record DoublingTime(DateOnly? Since) : Indicator
    {
        /// <inheritdoc/>
        public override string Text => "doubling time of frontier horizon(50%)"
            + (Since is { } day ? " since " + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "");

        /// <inheritdoc/>
        public override ImmutableArray<ThresholdUnit> Units => [ThresholdUnit.Days];
    }

    /// <summary>A share or a ratio that is measured lab by lab.</summary>
    /// <param name="Kind">One of <see cref="IndicatorKind.OfVersion1"/>.</param>
    public sealed record OfLab(IndicatorKind Kind) : Indicator
    {
        /// <summary>One of <see cref="IndicatorKind.OfVersion1"/>.</summary>
        /// <exception cref="ArgumentException">It is none of them.</exception>
        public IndicatorKind Kind { get; } =
            IndicatorKind.OfVersion1.Contains(Kind) ? Kind : throw new ArgumentException("the indicator is not one of the list", nameof(Kind));

        /// <inheritdoc/>
        public override string Text => Kind.Name;

        /// <inheritdoc/>
        public override ImmutableArray<ThresholdUnit> Units => [Kind.Scale == Scale.Share ? ThresholdUnit.Percent : ThresholdUnit.Times];
    }
}
