using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;

namespace Standstill.Node.Notices;

/// <summary>Notices as an Atom feed, RFC 4287.</summary>
internal static class AtomFeed
{
    /// <summary>Most notices in one feed, the newest.</summary>
    public const int Most = 100;

    /// <summary>The media type.</summary>
    public const string MediaType = "application/atom+xml; charset=utf-8";

    /// <summary>Writes the feed of all pacts, or of one.</summary>
    /// <param name="world">After the last entry; the feed is the same until another comes.</param>
    /// <param name="pact">The pact, or null for all.</param>
    /// <param name="site">The node's address, for links.</param>
    public static byte[] Write(World world, Pact? pact, Uri site)
    {
        var notices = pact is null
            ? PactNotices.Latest(world, Most).ToList()
            : PactNotices.Of(world, pact).Reverse().Take(Most).ToList();
        var name = pact is null ? "pacts" : $"pacts/{pact.Id}";
        var feed = new SyndicationFeed
        {
            Id = $"urn:standstill:{world.Registry}:{name}",
            Title = Plain(pact?.Terms.Title ?? $"Pacts of {world.Charter!.Name}"),
            LastUpdatedTime = notices.Count > 0 ? notices[0].Time : world.LastTick?.Time ?? world.Now,
            Items = [.. notices.Select(n => Item(world, n, site))],
        };
        feed.Authors.Add(new SyndicationPerson { Name = Clean(world.Charter!.Name) });
        feed.Links.Add(SyndicationLink.CreateSelfLink(new Uri(site, pact is null ? "feeds/pacts.atom" : $"pacts/{pact.Id}/feed.atom"), "application/atom+xml"));
        feed.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(site, name), "text/html"));

        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            new Atom10FeedFormatter(feed).WriteTo(writer);
        }

        return bytes.ToArray();
    }

    private static SyndicationItem Item(World world, Notice notice, Uri site)
    {
        var item = new SyndicationItem
        {
            Id = $"urn:standstill:{world.Registry}:notice:{notice.Id}",
            Title = Plain(notice.Subject),
            Content = Plain(notice.Text),
            PublishDate = notice.Time,
            LastUpdatedTime = notice.Time,
        };
        item.Categories.Add(new SyndicationCategory(notice.About));
        item.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(site, notice.Link), "text/html"));
        return item;
    }

    private static TextSyndicationContent Plain(string text) => new(Clean(text), TextSyndicationContentKind.Plaintext);

    // JSON may carry what XML 1.0 has no way to write, such as U+FFFE: it must not stop the feed.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }
}
