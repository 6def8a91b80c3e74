package dev.labrys.synthetic;

/// The object of each kind.
final class SequentialObjects {
  private SequentialObjects() {}

  static SequentialObject create(Recipe recipe) {
    return switch (recipe.kind()) {
      case REGISTER -> new RegisterObject(RegisterObject.Functions.READ_WRITE);
      case CAS_REGISTER -> new RegisterObject(RegisterObject.Functions.READ_WRITE_CAS);
      case KV -> new RegisterObject(RegisterObject.Functions.READ_WRITE_CAS_DELETE);
      case KV_APPEND, APPEND -> new ListObject();
      case LIST_APPEND -> new ListTransactionObject(recipe.keys());
      case KV_STRING -> new StringObject();
      case MULTI_REGISTER -> new RegisterTransactionObject(recipe.keys());
      case COUNTER -> new CounterObject();
      case MUTEX -> new MutexObject(MutexObject.Variant.PLAIN);
      case REENTRANT_MUTEX -> new MutexObject(MutexObject.Variant.REENTRANT);
      case FENCED_MUTEX -> new MutexObject(MutexObject.Variant.FENCED);
      case QUEUE -> new ContainerObject(ContainerObject.Order.FIRST_IN_FIRST_OUT);
      case UNORDERED_QUEUE -> new ContainerObject(ContainerObject.Order.ANY);
      case STACK -> new ContainerObject(ContainerObject.Order.LAST_IN_FIRST_OUT);
      case SET -> new SetObject(SetObject.Functions.ALL);
      case GROW_ONLY_SET -> new SetObject(SetObject.Functions.ADD_AND_READ);
      case UNIQUE_ID -> new UniqueIdObject();
      case BANK -> new BankObject(recipe.keys());
      case LOG -> new LogObject();
    };
  }
}
