using System.Collections.Immutable;
using System.Net;
using Standstill.Meter.DeadLetters;
using Standstill.Meter.Formats;

namespace Standstill.Meter.Scraping;

/// <summary>Asks every target at every interval. Each has a loop of its own: one that is down or slow stops no other.</summary>
/// <remarks>
/// Redirects are not followed and no proxy is used: the meter reads what was named and nothing else. A scrape that fails yields <c>up 0</c> and a dead letter,
/// and no readings at all: half a body is not half an answer. What the receiver of scrapes throws stops the scraper, since then the state of
/// the disk is not known.
/// </remarks>
public sealed class Scraper : IDisposable
{
    private readonly ScrapeLimits _limits;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly ImmutableArray<Loop> _loops;

    /// <summary>Prepares the targets; nothing is asked yet.</summary>
    /// <exception cref="ArgumentException">Two targets have one name, an address is not of http or https, or an interval or a limit is not above zero.</exception>
    public Scraper(IReadOnlyCollection<ScrapeTarget> targets, ScrapeLimits limits, TimeProvider clock)
    {
        if (limits.Interval <= TimeSpan.Zero || limits.Timeout <= TimeSpan.Zero || limits.BodyBytes <= 0)
        {
            throw new ArgumentException("interval, timeout and size of a body are above zero", nameof(limits));
        }
        if (targets.Select(t => t.Name).Distinct(StringComparer.Ordinal).Count() < targets.Count)
        {
            throw new ArgumentException("each target has a name of its own", nameof(targets));
        }
        if (targets.Any(t => t.Address.Scheme is not ("http" or "https")))
        {
            throw new ArgumentException("targets are asked over http or https", nameof(targets));
        }
        (_limits, _clock) = (limits, clock);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.None, // Fetch does it, and checks the length
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _loops = [.. targets.Select(t => new Loop(t, _http, limits))];
    }

    /// <summary>How every target does, in the order in which they were given.</summary>
    public ImmutableArray<TargetHealth> Health
    {
        get
        {
            var now = _clock.GetUtcNow();
            return [.. _loops.Select(l => l.Health with { Stale = l.Health.LastGood is not { } good || now - good > _limits.StaleAfter })];
        }
    }

    /// <summary>Asks every target once, all at the same time, and yields what they said in the order in which they were given. Not while <see cref="Run"/> runs.</summary>
    public async Task<ImmutableArray<Scraped>> ScrapeOnce(CancellationToken cancel) =>
        [.. await Task.WhenAll(_loops.Select(l => l.Scrape(_clock, cancel)))];

    /// <summary>Asks until it is cancelled, first at once and then at every interval. A scrape that takes longer than the interval is
    /// followed by the next at once, and none is made up for.</summary>
    /// <param name="receive">Takes each scrape; called at the same time for several targets, in order for each.</param>
    /// <param name="cancel">Ends the loops.</param>
    public async Task Run(Func<Scraped, CancellationToken, ValueTask> receive, CancellationToken cancel)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAll(_loops.Select(async loop =>
        {
            using var timer = new PeriodicTimer(_limits.Interval, _clock);
            try
            {
                do
                {
                    await receive(await loop.Scrape(_clock, all.Token), all.Token);
                }
                while (await timer.WaitForNextTickAsync(all.Token));
            }
            catch (OperationCanceledException) when (all.IsCancellationRequested)
            {
                // Asked to end.
            }
            catch
            {
                await all.CancelAsync();
                throw;
            }
        }));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>One target, with the readers that remember its series.</summary>
    private sealed class Loop(ScrapeTarget target, HttpClient http, ScrapeLimits limits)
    {
        private readonly PrometheusText _text = new([new Label("instance", target.Instance)]);
        private readonly OpenMetrics _openMetrics = new([new Label("instance", target.Instance)]);
        private readonly RedfishWalk _redfish = new(http, target, limits.BodyBytes);
        private readonly ImmutableArray<Label> _labels = [new Label("instance", target.Instance)];

        public TargetHealth Health { get; private set; } = new(target.Name, false, true, null, 0, 0, "");

        public async Task<Scraped> Scrape(TimeProvider clock, CancellationToken cancel)
        {
            var rejected = new DeadLetterTally();
            var (time, started) = (clock.GetUtcNow(), clock.GetTimestamp());
            var timeMs = time.ToUnixTimeMilliseconds();
            using var timeout = new CancellationTokenSource(limits.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
            ImmutableArray<Reading> readings;
            DeadLetterKind? fault;
            string what;
            try
            {
                (readings, fault, what) = target.Kind == TargetKind.Redfish
                    ? await _redfish.Read(rejected, timeMs, either.Token)
                    : await Exporter(rejected, timeMs, either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                (readings, fault, what) = ([], ScrapeFault.Timeout, target.Address.AbsolutePath);
            }
            if (fault is not null)
            {
                rejected.Add(fault, "", what);
            }

            var took = clock.GetElapsedTime(started).TotalSeconds;
            Health = Health with
            {
                Up = fault is null,
                LastGood = fault is null ? time : Health.LastGood,
                Scrapes = Health.Scrapes + 1,
                Failures = Health.Failures + (fault is null ? 0 : 1),
                Fault = fault is null ? "" : $"`{what}` {fault.Message}; {fault.Remedy}",
            };
            return new Scraped(
                target, time,
                [
                    .. readings,
                    new Reading("up", _labels, fault is null ? 1 : 0, timeMs),
                    new Reading("scrape_duration_seconds", _labels, took, timeMs),
                    new Reading("scrape_samples_scraped", _labels, readings.Length, timeMs),
                ],
                rejected, fault is null);
        }

        private async Task<(ImmutableArray<Reading> Readings, DeadLetterKind? Fault, string What)> Exporter(
            DeadLetterTally rejected, long timeMs, CancellationToken cancel)
        {
            switch (await Fetch.Get(http, target, target.Address, limits.BodyBytes, cancel))
            {
                case Fetched.Body body:
                    if (body.ContentType is not ("" or "text/plain" or "application/openmetrics-text"))
                    {
                        return ([], ScrapeFault.ContentType, body.ContentType);
                    }
                    var read = body.ContentType == "application/openmetrics-text" ? _openMetrics.Read(body.Bytes.Span, timeMs) : _text.Read(body.Bytes.Span, timeMs);
                    rejected.Add(read.Rejected);
                    return (read.Readings, null, "");
                case Fetched.Failed failed:
                    return ([], failed.Kind, failed.What);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }
}
