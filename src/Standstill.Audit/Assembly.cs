namespace Standstill.Audit;

/// <summary>Marks the assembly for tests of who may use whom.</summary>
public static class AuditAssembly
{
}
