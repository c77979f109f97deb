using CsCheck;
using Standstill.Protocol.Json;
using Standstill.Testing;

namespace Standstill.Protocol.Tests.Folding;

/// <summary>The world is a function of the entries, and of nothing else.</summary>
public sealed class DeterminismTests
{
    private static readonly Lazy<Scenario> Story = new(PactStory.Told);

    [Fact]
    public void The_same_entries_make_the_same_world()
    {
        var again = Story.Value.Entries.Aggregate(World.Empty, (world, entry) => Fold.Apply(world, entry).World);

        Assert.Equal(WorldDocument.DigestOf(Story.Value.World), WorldDocument.DigestOf(again));
    }

    [Fact]
    public void The_story_makes_the_digest_that_it_has_always_made()
    {
        // Changes only when the meaning of the protocol or the form of the world document does; say so in the change log.
        const string golden = "c32a6eefe1b192bdf20e8121bde6130502ad31ba7f6f9879a29c7909b8b80e66";
        var digest = WorldDocument.DigestOf(Story.Value.World).Hex;

        Assert.True(digest == golden, digest);
    }

    [Fact]
    public void Evidence_of_the_first_version_makes_the_digest_that_it_has_always_made()
    {
        // Computed before there was a second version of any statement of evidence.
        const string golden = "ddbb5c07706eeb20773daf1c59cda602b5d9c9a6434c3ca145619fe5bf7cf283";
        var story = EvidenceStory.Told();

        Assert.All(story.Outcomes, outcome => Assert.IsType<Outcome.Effective>(outcome));
        var digest = WorldDocument.DigestOf(story.World).Hex;
        Assert.True(digest == golden, digest);
    }

    [Fact]
    public void Evidence_of_both_versions_makes_the_digest_that_it_has_always_made()
    {
        // Changes only when the meaning of the second version of evidence or the form of the world document does; say so in the change log.
        const string golden = "c356367dd073c0fe0a764768de683faae55e2c89c2f15668a8bc6a0115dcb46c";
        var story = EvidenceStory.ToldAgain();

        Assert.All(story.Outcomes, outcome => Assert.IsType<Outcome.Effective>(outcome));
        var digest = WorldDocument.DigestOf(story.World).Hex;
        Assert.True(digest == golden, digest);
    }

    [Fact]
    public void Many_threads_make_the_same_world()
    {
        var digests = new Digest[8];
        Parallel.For(0, digests.Length, i => digests[i] = WorldDocument.DigestOf(
            Story.Value.Entries.Aggregate(World.Empty, (world, entry) => Fold.Apply(world, entry).World)));

        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void A_thread_s_culture_makes_no_difference()
    {
        var foreign = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.NumberGroupSeparator = ".";
        foreign.NumberFormat.NegativeSign = "~";
        foreign.NumberFormat.PositiveSign = "plus";
        foreign.NumberFormat.PercentSymbol = "pc";
        foreign.DateTimeFormat.DateSeparator = "|";
        foreign.DateTimeFormat.TimeSeparator = "|";
        Assert.Equal("1,5", 1.5.ToString(foreign));

        string Told()
        {
            var world = PactStory.Told().World;
            return WorldDocument.DigestOf(world).Hex + string.Join('\n', Findings.Of(PactStory.InForce().World).Select(f => f.Text + f.Changes));
        }

        var here = Told();
        var there = "";
        var thread = new Thread(() => there = Told()) { CurrentCulture = foreign, CurrentUICulture = foreign };
        thread.Start();
        thread.Join();

        Assert.Equal(here, there);
    }

    [Fact]
    public void The_digest_is_that_of_the_canonical_document()
    {
        var document = WorldDocument.Write(Story.Value.World);
        var canonical = CanonicalJson.Write(System.Text.Json.JsonSerializer.SerializeToElement(document));

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(canonical)), WorldDocument.DigestOf(Story.Value.World).Hex);
    }

    /// <summary>At any size and for any two later times, it is all one whether time passes in one step or in two.</summary>
    [Fact]
    public void Time_passes_the_same_in_one_step_as_in_many()
    {
        var worlds = new List<World> { World.Empty };
        foreach (var entry in Story.Value.Entries)
        {
            worlds.Add(Fold.Apply(worlds[^1], entry).World);
        }

        Gen.Select(Gen.Int[2, worlds.Count - 1], Gen.Double[0, 500], Gen.Double[0, 500]).Sample(
            (size, first, second) =>
            {
                var world = worlds[size];
                var there = world.Now.AddDays(first + second);
                return WorldDocument.DigestOf(world.AsOf(there)) == WorldDocument.DigestOf(world.AsOf(world.Now.AddDays(first)).AsOf(there));
            },
            seed: "0000KOIPe036",
            iter: 300);
    }

    [Fact]
    public void Entries_in_any_order_or_number_never_make_the_fold_throw()
    {
        var entries = Story.Value.Entries;
        Gen.Int[0, entries.Count - 1].Array[1, 60].Sample(
            picks =>
            {
                var world = Fold.Apply(World.Empty, entries[0]).World;
                foreach (var pick in picks)
                {
                    world = Fold.Apply(world, entries[pick]).World;
                }

                return WorldDocument.DigestOf(world).Hex.Length == 64;
            },
            seed: "0000KOIPe036",
            iter: 300);
    }

    [Fact]
    public void A_world_does_not_run_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Story.Value.World.AsOf(Story.Value.World.Now.AddSeconds(-1)));
}
