using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Indicators;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>What share of an acceleration AI could account for, asked with `--productivity`.</summary>
internal sealed class LabourOptions
{
    private readonly Option<double?> productivity = new("--productivity") { Description = "Ask what AI could account for: how many times as productive researchers are with it" };
    private readonly Option<double> share = new("--share-of-work") { Description = "With --productivity: on which share of their work", DefaultValueFactory = _ => 1 };
    private readonly Option<string> elasticity = new("--elasticity") { Description = "With --productivity: the range of the elasticity of progress to research labour", DefaultValueFactory = _ => "0.3-0.7" };

    public void AddTo(Command command)
    {
        command.Add(productivity);
        command.Add(share);
        command.Add(elasticity);
    }

    /// <summary>The question, where it is asked.</summary>
    public LabourQuestion? Read(ParseResult parsed)
    {
        if (parsed.GetValue(productivity) is not { } times)
        {
            return null;
        }

        if (!(times > 0 && double.IsFinite(times)))
        {
            throw new UsageException("--productivity: give a ratio above zero, such as 4");
        }

        if (parsed.GetValue(share) is not (>= 0 and <= 1))
        {
            throw new UsageException("--share-of-work: give a share from 0 to 1");
        }

        var ends = parsed.GetValue(elasticity)!.Split('-');
        return ends.Length == 2 && Number(ends[0]) is { } low && Number(ends[1]) is { } high && low <= high
            ? new LabourQuestion(times, new Probability(parsed.GetValue(share)), new LabourElasticity(low, high))
            : throw new UsageException($"--elasticity: `{parsed.GetValue(elasticity)}` is no range within 0 to 1; write `0.3-0.7`");
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1 ? value : null;
}

/// <summary>A stated gain of productivity, and what would follow from it.</summary>
/// <param name="Productivity">How many times as productive researchers are.</param>
/// <param name="Share">On which share of their work.</param>
/// <param name="Elasticity">Of progress to research labour.</param>
internal sealed record LabourQuestion(double Productivity, Probability Share, LabourElasticity Elasticity)
{
    private const int Draws = 2000;

    public void Print(AccelerationFinding finding, Seed seed)
    {
        var (low, high) = Elasticity.Progress(Productivity, Share);
        Output.Line($"labour     {N(Productivity)} × the productivity on {Figures.Percent(Share.Value)} of the work is {N(LabourElasticity.Labour(Productivity, Share))} × the labour, and {N(low)} to {N(high)} × the progress at an elasticity of {N(Elasticity.Low)} to {N(Elasticity.High)}");
        Output.Line(Answer(finding, seed) is { Share: { IsNone: false } share }
            ? $"           it could account for {N(share.Quantile(new Probability(0.5)).Low)} to {N(share.Quantile(new Probability(0.5)).High)} of the acceleration (median over draws; 95 %: {N(share.Quantile(new Probability(0.025)).Low)} to {Limit(share.Quantile(new Probability(0.975)).High)}; 1 is all of it)"
            : finding is AccelerationFinding.TooFew ? "           whether there is an acceleration to account for is not known"
            : "           there is no acceleration to account for");
    }

    public JsonObject Document(AccelerationFinding finding, Seed seed)
    {
        var (low, high) = Elasticity.Progress(Productivity, Share);
        var answer = Answer(finding, seed);
        return new JsonObject
        {
            ["productivity"] = Productivity,
            ["shareOfWork"] = Share.Value,
            ["labour"] = LabourElasticity.Labour(Productivity, Share),
            ["progress"] = new JsonObject { ["low"] = low, ["high"] = high },
            ["accelerates"] = answer is null ? null : Written.Bounds(answer.Accelerates),
            ["accountedFor"] = answer is { Share.IsNone: false } ? Written.Bounds(answer.Share.Quantile(new Probability(0.5))) : null,
        };
    }

    private AccelerationShare? Answer(AccelerationFinding finding, Seed seed) => finding is AccelerationFinding.Measured measured
        ? Elasticity.ShareExplained(
            measured.SlopeRatio, IndicatorDistribution.FromPublished(Productivity, null, null, Censoring.None, Scale.Ratio), Share, seed, Draws)
        : null;

    private static string Limit(double value) => double.IsInfinity(value) ? "no limit" : N(value);

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
