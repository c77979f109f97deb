using System.CommandLine;
using Standstill.Meter;
using Standstill.Meter.Closing;
using Standstill.Meter.DeadLetters;
using Standstill.Meter.Intake;
using Standstill.Meter.Scraping;
using Standstill.Meter.Store;
using Standstill.Protocol;

namespace Standstill.Cli.Commands.Meters;

/// <summary>`standstill meter run`: takes telemetry until it is stopped.</summary>
internal static class RunCommand
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    // After a week without a sample an accelerator is taken to be gone; until then its hours are dark, and somebody must explain them.
    private static readonly TimeSpan Unheard = TimeSpan.FromDays(7);

    public static Command Make()
    {
        var settings = MeterCommand.Settings();
        var key = new Option<string?>("--key") { Description = "The meter's private key: sign every digest as its period closes, and answer challenges" };
        var node = new Option<string?>("--node") { Description = "The node that digests go to; needs --key" };
        var grace = new Option<int>("--grace-seconds") { Description = "How long after its end a period still takes late samples", DefaultValueFactory = _ => 300 };
        var command = new Command("run", """
            Take telemetry, keep the raw samples here, and close balance periods into digests

            Telemetry comes by Prometheus remote write, `url: http://127.0.0.1:9465/api/v1/write`, and from the targets that
            the settings name. Without --node the digests stay in the data directory, under `periods`.

            Examples:
              standstill meter run --settings meter.json
              standstill meter run --settings meter.json --key meter.key --node http://127.0.0.1:7800
            """) { settings, key, node, grace };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(key) is null != parsed.GetValue(node) is null)
            {
                throw new UsageException(parsed.GetValue(key) is null ? "--node needs --key: digests are signed by the meter" : "--key needs --node: where the digests go");
            }

            var read = MeterCommand.Read(parsed.GetValue(settings)!);
            if (parsed.GetValue(grace) is < 0 or > 86_400)
            {
                throw new UsageException($"--grace-seconds: {parsed.GetValue(grace)} is not from 0 to 86400");
            }

            using var signer = parsed.GetValue(key) is { } file ? Inputs.ReadKey(file) : null;
            using var http = parsed.GetValue(node) is { } address ? new HttpClient { BaseAddress = Inputs.ParseUrl(address), Timeout = TimeSpan.FromSeconds(30) } : null;
            await MeterHost.RunAsync(
                read,
                TimeProvider.System,
                Output.Line,
                (store, letters, stop) => BesideAsync(read, store, letters, TimeSpan.FromSeconds(parsed.GetValue(grace)), signer is null ? null : new MeterVoice(read, signer, http!, TimeProvider.System), stop),
                cancellation);
            return Exit.Good;
        });
        return command;
    }

    private static async Task BesideAsync(MeterSettings settings, MeterStore store, DeadLetterFile letters, TimeSpan grace, MeterVoice? voice, CancellationToken stop)
    {
        var closed = new ClosedPeriods(settings.Data, settings.Facility);
        var challenges = new OpenChallenges(settings.Data, closed);
        var closing = new PeriodClosing(store, closed, new ClosingClock(TimeProvider.System, grace), Unheard);
        using var scraper = settings.Targets.IsEmpty ? null : new Scraper(settings.Targets, ScrapeLimits.Default with { Interval = TimeSpan.FromSeconds(settings.ScrapeSeconds) }, TimeProvider.System);
        var scraping = scraper?.Run((scraped, cancel) => TakeAsync(store, letters, scraped), stop) ?? Task.CompletedTask;
        using var timer = new PeriodicTimer(Round);
        do
        {
            foreach (var period in await closing.TickAsync())
            {
                Output.Line($"closed {period.Digest.Area} from {UtcTime.Format(period.Digest.From)[..16]}: {period.Digest.Chips} accelerators, {period.Digest.Chunks} chunks, root {period.Digest.Root.Hex[..16]}…");
            }

            if (voice is not null)
            {
                await voice.SpeakAsync(closed, challenges, Output.Line, stop);
            }

            foreach (var chunk in store.Retire(challenges.Needs))
            {
                Output.Line($"retention has deleted {chunk.File}");
            }
        }
        while (!scraping.IsFaulted && await timer.WaitForNextTickAsync(stop));
        await scraping;
    }

    private static async ValueTask TakeAsync(MeterStore store, DeadLetterFile letters, Scraped scraped)
    {
        letters.Post(scraped.Target.Name, scraped.Rejected);
        if (scraped.Readings.Length > 0 && store.Refusal is null)
        {
            var taken = new IntakeLetters();
            await store.AppendAsync(scraped.Readings, scraped.Time.ToUnixTimeMilliseconds(), taken);
            letters.Post(scraped.Target.Name, taken.Refused);
            letters.Post(scraped.Target.Name, taken.NoValue);
        }
    }
}
