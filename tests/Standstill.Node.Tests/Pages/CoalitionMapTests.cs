using System.Collections.Immutable;
using System.Globalization;
using Standstill.Node.Pages;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Node.Tests.Pages;

public sealed class CoalitionMapTests
{
    private static readonly PartyFacts Facts = PartyFacts.Of(new ComputeShares(ImmutableSortedDictionary<PartyId, double>.Empty.Add(new PartyId("ash"), 60).Add(new PartyId("elm"), 40))) with
    {
        Nested = ImmutableSortedDictionary<PactId, ImmutableSortedSet<PartyId>>.Empty.Add(new PactId("labs"), [new PartyId("oak")]),
    };

    [Fact]
    public void It_shows_who_counts_on_whom_who_waits_who_is_pivotal_and_how_far_each_slows()
    {
        var map = Map(("ash", "all of birch"), ("birch", "always"), ("cedar", "at least 90% of accounted compute"), ("dogwood", "slow by 40% when all of pact labs\nstop when all of elm"));

        Assert.Equal(
            [
                "ash in stops", "birch in stops pivotal", "dogwood in, slows by 40 % slows by 40 %", "cedar waits not in", "elm not committed not in",
                "pact labs 1 bound stops", "at least 90% of accounted compute 60 % at present not in",
            ],
            map.Nodes.Select(n => $"{n.Name} {n.Note} {CoalitionMap.Degree(n.Degree)}{(n.IsPivotal ? " pivotal" : "")}"));
        Assert.Equal(
            ["ash counts on birch", "dogwood also names elm", "dogwood counts on pact labs", "cedar waits for at least 90% of accounted compute"],
            map.Edges.Select(e => $"{map.Nodes[e.From].Name} {CoalitionMap.Verb(e.Kind)} {map.Nodes[e.To].Name}"));
        Assert.Contains("birch (in, pivotal).", map.Description, StringComparison.Ordinal);
        Assert.Contains("cedar (waits) waits for at least 90% of accounted compute.", map.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(200)]
    public void Whatever_its_size_a_picture_stays_within_its_frame_and_leads_to_the_parties(int parties)
    {
        var names = Enumerable.Range(0, parties).Select(i => $"sample-party-of-a-long-name-{i}").ToArray();
        var map = Map([.. names.Select((n, i) => (n, $"all of {names[(i + 1) % parties]} and at least 40% of accounted compute"))]);
        foreach (var (picture, width) in new[] { (CoalitionLayouts.Wide(map), 720.0), (CoalitionLayouts.Narrow(map), 340.0) })
        {
            Assert.True(picture.Width <= width || parties is > 14 and <= 30, $"{picture.Width} wide");
            Assert.All(picture.Marks.SelectMany(m => m.Shapes), s => Within(s, picture));
            Assert.Equal(parties <= CoalitionLayouts.MostParties ? parties : 0, picture.Marks.Count(m => m.Href?.StartsWith("/parties/", StringComparison.Ordinal) == true));
        }
    }

    [Fact]
    public void Many_who_name_many_are_a_matrix_in_which_each_asking_is_a_cell()
    {
        var names = Enumerable.Range(0, 20).Select(i => $"p{i:00}").ToArray();
        var map = Map([.. names.Select(n => (n, $"at least 10 of {string.Join(", ", names)}"))]);

        Assert.Equal(20 * 19, CoalitionLayouts.Wide(map).Marks.Count(m => m.Shapes[0].Class.StartsWith("cell ", StringComparison.Ordinal)));
    }

    private static void Within(Shape shape, Picture picture)
    {
        foreach (var (name, value) in shape.Attributes.Where(a => a.Name is "x" or "y" or "cx" or "cy"))
        {
            var at = double.Parse(value, CultureInfo.InvariantCulture);
            Assert.True(at >= 0 && at <= (name.EndsWith('x') ? picture.Width : picture.Height), $"{shape.Element} {name}={value}");
        }

        if (shape.Element == "text")
        {
            var x = double.Parse(shape.Attributes.First(a => a.Name == "x").Value, CultureInfo.InvariantCulture);
            var wide = shape.Text!.Length * 6.2; // measured: the widest letters of such names at 12 px, bold
            var (from, to) = shape.Attributes.First(a => a.Name == "text-anchor").Value switch { "end" => (x - wide, x), "middle" => (x - (wide / 2), x + (wide / 2)), _ => (x, x + wide) };
            Assert.True(from >= -1 && to <= picture.Width + 1, $"{shape.Text} from {from} to {to} of {picture.Width}");
        }
    }

    private static CoalitionMap Map(params (string Party, string Commitment)[] commitments)
    {
        var coalition = Coalition.Largest(
            commitments.Select(c => new Commitment(new PartyId(c.Party), CommitmentText.Parse(c.Commitment).OrThrow().Steps, default)), Facts, ImmutableSortedDictionary<PartyId, int>.Empty);
        return CoalitionMap.Of(coalition, CoalitionExplanation.Of(coalition), p => coalition.DegreeOf(p) > 0 ? ("in", "good") : ("waits", "notable"), []);
    }
}
