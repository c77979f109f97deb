namespace Standstill.Measurement.Adversary;

/// <summary>One simulated history of a party that diverts nothing.</summary>
/// <remarks>
/// <para>Residuals are relative to what is present (chip-time), to expected energy (energy), and to declared inference (features). They are
/// built from shared causes, so that layers are as correlated as the causes make them:</para>
/// <code>
/// chip-time   meter bias + count bias + error
/// energy      meter bias + error − idle share · the same count bias
/// features    lasting mix + error
/// the errors of energy and features share the day's work: half of the standard deviation of each, correlation 0.25 (an assumption)
/// global      the sum of the areas' chip-time, not a draw of its own
/// </code>
/// </remarks>
internal sealed class DrawnWorld
{
    /// <summary>The share of the error's standard deviation that comes from the day's work, in energy and in features alike.</summary>
    private const double SharedWork = 0.5;

    private static readonly double Own = Math.Sqrt(1 - (SharedWork * SharedWork));

    private DrawnWorld(ulong key, Residuals?[] chips, Residuals?[] energy, Residuals?[] features, Residuals? global)
    {
        Key = key;
        Chips = chips;
        Energy = energy;
        Features = features;
        Global = global;
    }

    public ulong Key { get; }

    public Residuals?[] Chips { get; }

    public Residuals?[] Energy { get; }

    public Residuals?[] Features { get; }

    public Residuals? Global { get; }

    public static DrawnWorld Of(StudyShape shape, ulong key)
    {
        var count = shape.Areas.Length;
        var (chips, energy, features) = (new Residuals?[count], new Residuals?[count], new Residuals?[count]);
        var sum = shape.Global is null ? null : new double[shape.Periods];
        var present = 0.0;
        for (var i = 0; i < count; i++)
        {
            var area = shape.Areas[i];
            var biases = area.Chips is null ? null : CountBiases(shape, key, i, area.Chips.Errors.Counting);
            if (area.Chips is { } balance)
            {
                var metered = StudyShape.Metered(area);
                present += metered;
                chips[i] = ChipTime(shape, key, i, balance, biases!, sum, metered);
            }

            var work = area.Energy is null && area.Features is null ? null : Normals(shape, LayerStream.Of(key, i, Layer.Work));
            if (area.Energy is { } power)
            {
                energy[i] = EnergyResiduals(shape, key, i, power, biases!, area.IdleOfExpected, work!);
            }

            if (area.Features is { } shapes)
            {
                features[i] = FeatureResiduals(shape, key, i, shapes, work!);
            }
        }

        return new DrawnWorld(key, chips, energy, features, sum is null ? null : Summed(shape, sum, present));
    }

    private static Residuals Summed(StudyShape shape, double[] sum, double present)
    {
        for (var t = 0; t < sum.Length; t++)
        {
            sum[t] /= present;
        }

        return Residuals.Of(shape, shape.Global!, sum);
    }

    private static double[] Normals(StudyShape shape, LayerStream stream)
    {
        var result = new double[shape.Periods];
        for (var t = 0; t < result.Length; t++)
        {
            result[t] = stream.Normal(t);
        }

        return result;
    }

    /// <summary>One bias for each inventory count, relative to what is present.</summary>
    private static double[] CountBiases(StudyShape shape, ulong key, int area, double counting)
    {
        var stream = LayerStream.Of(key, area, Layer.ChipTime);
        var result = new double[shape.Periods];
        var bias = 0.0;
        for (var t = 0; t < result.Length; t++)
        {
            bias = shape.Counted(t) ? counting * stream.Normal(-2 - t) : bias;
            result[t] = bias;
        }

        return result;
    }

    private static Residuals ChipTime(StudyShape shape, ulong key, int area, TestedSequence tested, double[] biases, double[]? sum, double metered)
    {
        var stream = LayerStream.Of(key, area, Layer.ChipTime);
        var lasting = tested.Errors.Systematic * stream.Normal(-1);
        var result = new double[shape.Periods];
        for (var t = 0; t < result.Length; t++)
        {
            var relative = lasting + biases[t] + (tested.Errors.Random * stream.Normal(t));
            result[t] = relative;
            if (sum is not null)
            {
                sum[t] += metered * relative;
            }
        }

        return Residuals.Of(shape, tested, result);
    }

    private static Residuals EnergyResiduals(StudyShape shape, ulong key, int area, TestedSequence tested, double[] biases, double idle, double[] work)
    {
        var stream = LayerStream.Of(key, area, Layer.Energy);
        var lasting = tested.Errors.Systematic * stream.Normal(-1);
        var result = new double[shape.Periods];
        for (var t = 0; t < result.Length; t++)
        {
            var error = (SharedWork * work[t]) + (Own * stream.Normal(t));
            result[t] = lasting - (idle * biases[t]) + (tested.Errors.Random * error);
        }

        return Residuals.Of(shape, tested, result);
    }

    private static Residuals FeatureResiduals(StudyShape shape, ulong key, int area, TestedSequence tested, double[] work)
    {
        var stream = LayerStream.Of(key, area, Layer.Features);
        var lasting = tested.Errors.Systematic * stream.Normal(-1);
        var result = new double[shape.Periods];
        for (var t = 0; t < result.Length; t++)
        {
            var error = (SharedWork * work[t]) + (Own * stream.Normal(t));
            result[t] = lasting + (tested.Errors.Random * error);
        }

        return Residuals.Of(shape, tested, result);
    }
}
