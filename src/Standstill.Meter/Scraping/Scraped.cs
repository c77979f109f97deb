using System.Collections.Immutable;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Scraping;

/// <summary>One scrape of one target.</summary>
/// <param name="Target">Who was asked.</param>
/// <param name="Time">When it was asked: the time of every reading, except those of exporters that state another.</param>
/// <param name="Readings">What was read, and after it <c>up</c> (1 or 0), <c>scrape_duration_seconds</c> and <c>scrape_samples_scraped</c>.</param>
/// <param name="Rejected">What was not taken, the failure of the scrape itself included.</param>
/// <param name="Up">Whether the target answered with a document.</param>
public sealed record Scraped(ScrapeTarget Target, DateTimeOffset Time, ImmutableArray<Reading> Readings, DeadLetterTally Rejected, bool Up);

/// <summary>How a target does.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Up">Whether its last scrape succeeded.</param>
/// <param name="Stale">Whether it has been silent for longer than <see cref="ScrapeLimits.StaleAfter"/>: its accelerators are dark.</param>
/// <param name="LastGood">When it last answered, or null.</param>
/// <param name="Scrapes">Scrapes so far.</param>
/// <param name="Failures">Scrapes that failed.</param>
/// <param name="Fault">What the last failure was, or empty.</param>
public sealed record TargetHealth(string Target, bool Up, bool Stale, DateTimeOffset? LastGood, long Scrapes, long Failures, string Fault);

/// <summary>The ways in which a scrape fails.</summary>
internal static class ScrapeFault
{
    public static readonly DeadLetterKind Unreachable = new("scrape/unreachable", "does not answer", "check that the exporter runs and that the network lets the meter through");
    public static readonly DeadLetterKind Timeout = new("scrape/timeout", "did not answer in time", "check the load of the node, or allow more time");
    public static readonly DeadLetterKind Status = new("scrape/status", "is an answer that is no success", "check the address and what lets the meter in");
    public static readonly DeadLetterKind TooLarge = new("scrape/too-large", "answered with more bytes than a scrape may have", "export fewer series");
    public static readonly DeadLetterKind Broken = new("scrape/broken", "is a body that broke off or cannot be decompressed", "check the proxy between exporter and meter");
    public static readonly DeadLetterKind ContentType = new("scrape/content-type", "is no content type of an exporter", "point the target at `/metrics`");
}
