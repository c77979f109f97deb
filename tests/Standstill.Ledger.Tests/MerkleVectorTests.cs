using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace Standstill.Ledger.Tests;

/// <summary>The vectors of transparency-dev/merkle, refused ones included.</summary>
public sealed class MerkleVectorTests
{
    public static TheoryData<string> Kinds => ["inclusion", "subtreeinclusion", "consistency", "subtreeconsistency"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_published_proof_is_accepted_or_refused_as_published(string kind)
    {
        var files = Directory.GetFiles(TestData.PathOf($"merkle/testdata/{kind}"), "*.json", SearchOption.AllDirectories);
        var accepted = 0;
        foreach (var file in files)
        {
            var vector = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
            var wanted = !vector.GetProperty("wantErr").GetBoolean();
            var verified = VerifyUnlessEmpty(kind, vector, out var error);
            Assert.True(verified == wanted, $"{file}: {error ?? "accepted"}");
            Assert.Equal(verified, error is null);
            accepted += verified ? 1 : 0;
        }

        Assert.Equal(kind switch { "inclusion" => (98, 6), "subtreeinclusion" => (204, 12), "consistency" => (98, 6), _ => (118, 12) }, (files.Length, accepted));
    }

    [Fact]
    public void The_constants_of_RFC_6962_trees_are_reproduced()
    {
        var constants = TestData.Json("merkle/rfc6962_constants.json");
        var leaves = constants.GetProperty("leaf_inputs_hex").EnumerateArray()
            .Select(hex => MerkleHash.OfLeaf(Convert.FromHexString(hex.GetString()!))).ToArray();
        var levels = constants.GetProperty("node_hashes_by_level").EnumerateArray()
            .Select(level => level.EnumerateArray().Select(hex => new MerkleHash(Convert.FromHexString(hex.GetString()!))).ToArray()).ToArray();
        for (var level = 0; level < levels.Length; level++)
        {
            for (var i = 0; i < levels[level].Length; i++)
            {
                Assert.Equal(levels[level][i], MerkleTree.Root(leaves.AsSpan(i << level, 1 << level)));
            }
        }

        foreach (var property in constants.EnumerateObject().Where(p => p.Name.Contains("root", StringComparison.Ordinal)))
        {
            var roots = property.Value.EnumerateArray().Select(hex => new MerkleHash(Convert.FromHexString(hex.GetString()!))).ToArray();
            var first = leaves.Length + 1 - roots.Length;
            for (var i = 0; i < roots.Length; i++)
            {
                Assert.Equal(roots[i], MerkleTree.Root(leaves.AsSpan(0, first + i)));
            }
        }
    }

    // A root and a leaf of no bytes, equal to each other: neither is a hash.
    private static bool VerifyUnlessEmpty(string kind, JsonElement vector, out string? error) =>
        vector.TryGetProperty("leafHash", out var leaf) && leaf.GetString() == ""
            ? MerkleHash.TryParse("", out _, out error)
            : Verify(kind, vector, out error);

    private static bool Verify(string kind, JsonElement vector, out string? error)
    {
        var path = vector.GetProperty("proof").ValueKind == JsonValueKind.Null
            ? []
            : vector.GetProperty("proof").EnumerateArray().Select(Hash).ToImmutableArray();
        switch (kind)
        {
            case "inclusion":
                return new InclusionProof(Long(vector, "leafIdx"), Long(vector, "treeSize"), path)
                    .Verify(Hash(vector, "leafHash"), Hash(vector, "root"), out error);
            case "subtreeinclusion":
                return new Subtree(Long(vector, "start"), Long(vector, "end"))
                    .VerifyInclusion(Long(vector, "leafIdx"), Hash(vector, "leafHash"), path.AsSpan(), Hash(vector, "root"), out error);
            case "consistency":
                return new ConsistencyProof(Long(vector, "size1"), Long(vector, "size2"), path)
                    .Verify(Hash(vector, "root1"), Hash(vector, "root2"), out error);
            default:
                return new Subtree(Long(vector, "start"), Long(vector, "end"))
                    .VerifyConsistency(Long(vector, "size"), Hash(vector, "root1"), path.AsSpan(), Hash(vector, "root2"), out error);
        }
    }

    // Some vectors have numbers of 64 bits without a sign: as a signed number they are negative, and refused for that.
    private static long Long(JsonElement vector, string name) => unchecked((long)vector.GetProperty(name).GetUInt64());

    private static MerkleHash Hash(JsonElement vector, string name) => Hash(vector.GetProperty(name));

    // Some vectors have hashes of another length, which a MerkleHash cannot have: some other hash stands for each of them.
    private static MerkleHash Hash(JsonElement element)
    {
        var bytes = Convert.FromBase64String(element.GetString()!);
        return new MerkleHash(bytes.Length == MerkleHash.Size ? bytes : SHA256.HashData(bytes));
    }
}
