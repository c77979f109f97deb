using System.Net.Http.Headers;

namespace Standstill.Meter.Scraping;

/// <summary>What answers at a target.</summary>
public enum TargetKind
{
    /// <summary>An exporter: Prometheus text or OpenMetrics, as its content type says.</summary>
    Exporter,

    /// <summary>A Redfish service: the address is that of its collection of chassis, `https://host/redfish/v1/Chassis`.</summary>
    Redfish,
}

/// <summary>Something that the meter asks at every interval.</summary>
/// <param name="Name">Its name in counts and messages.</param>
/// <param name="Address">Where it is asked; its host and port become the label <c>instance</c>.</param>
/// <param name="Kind">What answers there.</param>
/// <param name="Authorization">What is sent to be let in, or null.</param>
public sealed record ScrapeTarget(string Name, Uri Address, TargetKind Kind, AuthenticationHeaderValue? Authorization = null)
{
    /// <summary>Host and port, as Prometheus writes the label.</summary>
    public string Instance => Address.Authority;
}

/// <summary>How often is asked, and what an answer may cost.</summary>
/// <param name="Interval">From one scrape to the next, more than zero.</param>
/// <param name="Timeout">The longest that a scrape may take, all documents of a Redfish service together.</param>
/// <param name="BodyBytes">Bytes of a body at most, after decompression.</param>
public sealed record ScrapeLimits(TimeSpan Interval, TimeSpan Timeout, int BodyBytes)
{
    /// <summary>15 s, 10 s, 32 MiB: a node of eight accelerators answers with some 100 KiB in some 10 ms.</summary>
    public static readonly ScrapeLimits Default = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10), 32 * 1024 * 1024);

    /// <summary>How long a target can be silent before it is stale: four intervals, and at least a minute.</summary>
    public TimeSpan StaleAfter => Interval * 4 > TimeSpan.FromMinutes(1) ? Interval * 4 : TimeSpan.FromMinutes(1);
}
