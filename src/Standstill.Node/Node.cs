namespace Standstill.Node;

public static class NodeAssembly
{
}
