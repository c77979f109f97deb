namespace Standstill.Measurement.Accounting;

/// <summary>What an accelerator with its share of the node takes: an affine model of power in activity.</summary>
/// <remarks>Expected energy is Idle · present + (Active − Idle) · active chip-hours. The model is a test of consistency between two meters, not
/// a bound on compute: one and the same matrix product takes up to two fifths (Gregersen, Patel and Choukse 2024, arXiv 2409.18324) or two
/// thirds (Bhalachandra et al. 2022, arXiv 2212.08805) more or less power with other numbers in it.</remarks>
/// <param name="IdleKilowatts">Power of an idle accelerator, in kilowatts; not negative.</param>
/// <param name="ActiveKilowatts">Power of a fully active one, in kilowatts; above the idle power.</param>
/// <param name="Random">Relative standard deviation of a period's energy about the model, independent from period to period; above 0, at most 1.</param>
/// <param name="Systematic">Relative standard deviation of the bias of meter and model for the whole sequence; from 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
public sealed record NodePower(double IdleKilowatts, double ActiveKilowatts, double Random, double Systematic)
{
    /// <summary>Power of an idle accelerator with its share of the node, in kilowatts; not negative.</summary>
    public double IdleKilowatts { get; init; } = IdleKilowatts >= 0
        ? IdleKilowatts
        : throw new ArgumentOutOfRangeException(nameof(IdleKilowatts), IdleKilowatts, "idle power is not negative");

    /// <summary>Power of a fully active accelerator with its share of the node, in kilowatts; above the idle power.</summary>
    public double ActiveKilowatts { get; init; } = ActiveKilowatts > IdleKilowatts && double.IsFinite(ActiveKilowatts)
        ? ActiveKilowatts
        : throw new ArgumentOutOfRangeException(nameof(ActiveKilowatts), ActiveKilowatts, "active power is above idle power");

    /// <summary>Relative standard deviation of a period's energy about the model; above 0, at most 1.</summary>
    public double Random { get; init => field = ErrorModel.Above(value); } = ErrorModel.Above(Random);

    /// <summary>Relative standard deviation of the bias for the whole sequence; from 0 to 1.</summary>
    public double Systematic { get; init => field = ErrorModel.Within(value); } = ErrorModel.Within(Systematic);

    /// <summary>The energy that so many chip-hours should take, in kilowatt-hours.</summary>
    public double Expected(ChipHours present, ChipHours active) =>
        (IdleKilowatts * present.Value) + ((ActiveKilowatts - IdleKilowatts) * active.Value);
}
