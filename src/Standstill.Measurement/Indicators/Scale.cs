namespace Standstill.Measurement.Indicators;

/// <summary>On which scale the error of a published figure is taken to be normal, and where the scale ends.</summary>
public enum Scale
{
    /// <summary>A quantity in [0, ∞), such as minutes or a speed-up: normal on the natural logarithm.</summary>
    Ratio,

    /// <summary>A quantity in [0, 1], such as a share of code: normal on the logit.</summary>
    Share,
}
