using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Acceleration;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Reading;
using Standstill.Measurement.Capability.Trends;
using Standstill.Node.Pages;

namespace Standstill.Cli.Commands.Capability;

/// <summary>Dated horizons, and what they rest on.</summary>
/// <param name="History">The horizons with their draws.</param>
/// <param name="Series">The same for the question whether progress speeds up.</param>
/// <param name="Basis">What they rest on, for people: a line or more.</param>
/// <param name="Document">The same for machines.</param>
/// <param name="Seed">From which all draws follow.</param>
/// <param name="SeedText">The text it was made of.</param>
/// <param name="Sha256">The digests of the files, joined by commas.</param>
internal sealed record HistoryInput(HorizonHistory History, AccelerationSeries Series, ImmutableArray<string> Basis, JsonObject Document, Seed Seed, string SeedText, string Sha256);

/// <summary>Dated horizons as arguments: run files that are fitted, or one table of published horizons.</summary>
internal sealed class HistoryOptions
{
    private readonly RunInput runs;
    private readonly HorizonOptions horizons;
    private readonly Option<int> level = new("--level") { Description = "The success level of run files, per cent: 50 or 80", DefaultValueFactory = _ => 50 };
    private readonly Option<string?> since = new("--since") { Description = "Only models released from this day on enter the trend, `2023-01-01`; earlier ones count for the running maximum" };
    private readonly Option<double?> support = new("--support") { Description = "The longest task of the suite, in hours, where the file does not say it" };

    public HistoryOptions(Command command)
    {
        runs = new RunInput(command);
        horizons = new HorizonOptions(command);
        level.AcceptOnlyFromAmong("50", "80");
        command.Add(level);
        command.Add(since);
        command.Add(support);
    }

    public DateOnly? Since(ParseResult parsed) => ParseDay("--since", parsed.GetValue(since));

    /// <summary>Reads what the arguments name.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="until">Models released later have no part in <see cref="HistoryInput.Series"/>; the window of the rest is the caller's.</param>
    public HistoryInput Read(ParseResult parsed, DateOnly? until = null)
    {
        var last = until ?? DateOnly.MaxValue;
        var input = runs.Files(parsed) is [{ } file] && Table(file) is { } table ? Published(parsed, file, table, last) : Fitted(parsed, last);
        return parsed.GetValue(support) is { } hours
            ? input with { History = input.History.WithSupport(hours > 0 && double.IsFinite(hours) ? new Minutes(hours * 60) : throw new UsageException("--support: give hours above zero")) }
            : input;
    }

    public static DateOnly? ParseDay(string option, string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException($"{option}: `{text}` is not a day; write it as 2026-03-05");

    /// <summary>The text of a table of published horizons; nothing where the file is something else.</summary>
    private static byte[]? Table(string file)
    {
        if (file == "-" || !File.Exists(file))
        {
            return null;
        }

        using var stream = File.OpenRead(file);
        var first = new byte[1024];
        var read = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        var line = Encoding.UTF8.GetString(first, 0, read).Split('\n')[0];
        return line.Contains("p50_minutes", StringComparison.Ordinal) && !line.Contains('{', StringComparison.Ordinal) ? Inputs.Read(file) : null;
    }

    private HistoryInput Published(ParseResult parsed, string file, byte[] bytes, DateOnly until)
    {
        if (parsed.GetValue(level) != 50 || runs.HasTables(parsed) || horizons.Estimates(parsed))
        {
            throw new UsageException($"`{file}` is a table of published 50 % horizons: --level, --tasks, --releases and the settings of the estimate go with run files");
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var (text, seed) = horizons.Seed(parsed, digest);
        var figures = ReadTable(file, bytes);
        var draws = horizons.Draws(parsed);
        var bounds = figures.Count(figure => figure.Censoring != Censoring.None);
        return new HistoryInput(
            HorizonHistory.Of(figures, seed, draws),
            AccelerationSeries.FromPublished([.. figures.Where(figure => figure.Released <= until)], seed, draws),
            [
                $"figures    {figures.Length} published horizons{(bounds > 0 ? $", {bounds} of them only a bound" : "")}, sha256 {digest}",
                $"errors     {Figures.Count(draws)} draws from the published limits, models independent, seed {(text == digest ? "the file's digest" : $"`{text}`")}",
            ],
            new JsonObject { ["table"] = new JsonObject { ["name"] = Path.GetFileName(file), ["sha256"] = digest, ["models"] = figures.Length }, ["draws"] = draws, ["seed"] = text },
            seed,
            text,
            digest);
    }

    public static ImmutableArray<PublishedHorizon> ReadTable(string file, byte[] bytes)
    {
        return PublishedHorizonTable.Read(Inputs.Text(file, bytes)) switch
        {
            PublishedHorizonReading.Table table => table.Horizons,
            PublishedHorizonReading.Refused refused => throw new RefusedException([.. refused.Faults.Take(RunFileReader.MostFaults).Select(fault => $"{file}: {fault}")]),
            _ => throw new InvalidOperationException("not a reading"),
        };
    }

    private HistoryInput Fitted(ParseResult parsed, DateOnly until)
    {
        var file = runs.Read(parsed);
        var settings = horizons.Settings(parsed);
        var (text, seed) = horizons.Seed(parsed, file.SeedText);
        var draws = HorizonBootstrap.Draw(
            file.Runs, settings, [new Probability(parsed.GetValue(level) / 100.0)], seed, horizons.Draws(parsed), Work.WithBar("drawing"));
        var fits = HorizonEstimator.Fit(file.Runs, settings);
        var history = HorizonHistory.Of(file.Runs, fits, draws, 0);
        return new HistoryInput(
            history,
            AccelerationSeries.FromRuns([.. file.Runs.Agents.Select(agent => agent.Released <= until ? agent : agent with { Released = null })], fits, draws, 0),
            [
                .. FitCommand.Method(file, settings, text, draws.Count),
                .. parsed.GetValue(level) == 50 ? Array.Empty<string>() : ["level      80 % horizons"],
                .. history.LeftOut.IsEmpty ? Array.Empty<string>() : [$"left out   {string.Join(", ", history.LeftOut)}: no release date, or nothing is known of the horizon"],
            ],
            new JsonObject { ["runs"] = file.Document(), ["settings"] = FitCommand.SettingsDocument(settings, text, draws.Count), ["level"] = parsed.GetValue(level) / 100.0 },
            seed,
            text,
            file.Sha256);
    }
}
