using System.Net;
using System.Net.Http.Headers;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Standstill.Node.Notices;
using Standstill.Protocol;
using Standstill.Testing;

namespace Standstill.Node.Tests.Notices;

public sealed class AtomFeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly Uri Site = new("https://registry.example/");
    private static readonly PactId Pause = new("pause");

    [Fact]
    public void A_feed_reader_reads_what_happened_newest_first()
    {
        var world = PactStory.Told().World;
        using var reader = XmlReader.Create(new MemoryStream(AtomFeed.Write(world, world.Pacts[Pause], Site)));
        var feed = SyndicationFeed.Load(reader);

        Assert.Equal("Pause", feed.Title.Text);
        Assert.Equal(feed.Items.Max(i => i.LastUpdatedTime), feed.LastUpdatedTime);
        Assert.Equal(feed.Items.Select(i => i.LastUpdatedTime).OrderDescending(), feed.Items.Select(i => i.LastUpdatedTime));
        Assert.Equal("Pause: The pause is over: the trigger's release level is met", feed.Items.First().Title.Text);
        Assert.All(feed.Items, i => Assert.Equal("https://registry.example/pacts/pause", i.Links.Single().Uri.ToString()));
    }

    [Fact]
    public void Both_feeds_hold_what_RFC_4287_asks_for()
    {
        var world = PactStory.Told().World;

        Assert.All(
            [AtomFeed.Write(world, null, Site), AtomFeed.Write(world, world.Pacts[Pause], Site), AtomFeed.Write(new Scenario().World, null, Site)],
            Check);
    }

    [Fact]
    public void An_entry_keeps_its_id_and_its_words_as_the_ledger_grows()
    {
        Dictionary<string, string> known = [];
        var world = World.Empty;
        foreach (var entry in PactStory.Told().Entries)
        {
            (world, _) = Fold.Apply(world, entry);
            if (world.Pacts.ContainsKey(Pause))
            {
                foreach (var e in XDocument.Load(new MemoryStream(AtomFeed.Write(world, null, Site))).Root!.Elements(Atom + "entry"))
                {
                    var text = e.ToString();
                    Assert.Equal(text, known.GetValueOrDefault(e.Element(Atom + "id")!.Value, text));
                    known[e.Element(Atom + "id")!.Value] = text;
                }
            }
        }

        Assert.True(known.Count > 10);
    }

    [Fact]
    public void A_title_that_XML_has_no_way_to_write_does_not_stop_the_feed()
    {
        var story = PactStory.Founded().Tell("birch.key", "pact-opened", new
        {
            pact = "odd",
            title = "\uFFFE<b>&\u2028\U0001F600",
            text = "x",
            allowed = Array.Empty<string>(),
            trigger = "long-work",
            noticeDays = 1,
            cureDays = 1,
            withdrawalDays = 1,
        });
        var feed = XDocument.Load(new MemoryStream(AtomFeed.Write(story.World, null, Site)));

        Assert.StartsWith("\uFFFD<b>& \U0001F600: birch opened", feed.Root!.Elements(Atom + "entry").First().Element(Atom + "title")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_has_not_changed_is_not_sent_again()
    {
        await using var node = await RunningNode.StartAsync();
        using var first = await node.Http.GetAsync("/feeds/pacts.atom");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/feeds/pacts.atom");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await node.Http.SendAsync(again);

        Check(await first.Content.ReadAsByteArrayAsync());
        Assert.Equal(MediaTypeHeaderValue.Parse("application/atom+xml; charset=utf-8"), first.Content.Headers.ContentType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/pacts/nowhere/feed.atom")]
    [InlineData("/pacts/No%20where/calendar.ics")]
    public async Task A_pact_that_there_is_not_has_no_feed(string path)
    {
        await using var node = await RunningNode.StartAsync();
        using var response = await node.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    // RFC 4287, 4.1.1 and 4.1.2: exactly one id, title, updated; an author; a self link; ids that are absolute IRIs and differ.
    private static void Check(byte[] bytes)
    {
        Assert.Equal((byte)'<', bytes[0]);
        var feed = XDocument.Load(new MemoryStream(bytes)).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.NotEmpty(feed.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.Single(feed.Elements(Atom + "link"), l => l.Attribute("rel")?.Value == "self");
        Assert.All(feed.Elements(Atom + "entry").Append(feed), e =>
        {
            Assert.True(Uri.TryCreate(Assert.Single(e.Elements(Atom + "id")).Value, UriKind.Absolute, out _));
            Assert.NotEmpty(Assert.Single(e.Elements(Atom + "title")).Value);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", Assert.Single(e.Elements(Atom + "updated")).Value);
            Assert.Single(e.Elements(Atom + "link"), l => l.Attribute("rel")?.Value is null or "alternate");
        });
        var ids = feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.DoesNotContain("\r", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }
}
