<?php

// What the part for SuiteCRM 8 uses of it, with as much as it needs.

namespace App\Module\Campaigns\Service\Email\Targets\Validation {
    class ValidationFeedback
    {
        public $success;
        public $validatorKey;

        public function setSuccess(bool $success): void
        {
            $this->success = $success;
        }

        public function setValidatorKey(string $key): void
        {
            $this->validatorKey = $key;
        }
    }

    abstract class BaseEmailTargetValidator
    {
        abstract public function getKey(): string;

        protected function buildFailureFeedback(): ValidationFeedback
        {
            $feedback = new ValidationFeedback();
            $feedback->setSuccess(false);
            $feedback->setValidatorKey($this->getKey());
            return $feedback;
        }

        protected function buildSuccessFeedback(): ValidationFeedback
        {
            $feedback = new ValidationFeedback();
            $feedback->setSuccess(true);
            return $feedback;
        }
    }
}

namespace App\Data\Entity {
    final class Record
    {
        private $module;
        private $id;
        private $attributes = [];

        public function __construct(string $module, string $id)
        {
            $this->module = $module;
            $this->id = $id;
        }

        public function getAttributes(): ?array
        {
            return $this->attributes;
        }

        public function setAttributes(?array $attributes): void
        {
            $this->attributes = $attributes;
        }

        public function getModule(): string
        {
            return $this->module;
        }

        public function getId(): string
        {
            return $this->id;
        }
    }
}

namespace App\Data\Service\Record\ApiRecordMappers {
    interface ApiRecordMapperInterface
    {
        public function getKey(): string;

        public function getModule(): string;

        public function getOrder(): int;

        public function getModes(): array;

        public function toInternal(
            \App\Data\Entity\Record $record,
            \App\FieldDefinitions\Entity\FieldDefinition $fieldDefinitions
        ): void;

        public function toExternal(
            \App\Data\Entity\Record $record,
            \App\FieldDefinitions\Entity\FieldDefinition $fieldDefinitions
        ): void;
    }
}

namespace App\Data\LegacyHandler {
    final class PreparedStatementHandler
    {
        private $ask;

        public function __construct(callable $ask)
        {
            $this->ask = $ask;
        }

        public function fetchAll(string $query, array $params, array $binds = [])
        {
            return ($this->ask)($query, $params);
        }
    }
}

namespace App\Module\Service {
    interface ModuleNameMapperInterface
    {
        public function toLegacy(string $module): string;
    }
}

namespace Psr\Log {
    interface LoggerInterface
    {
        public function error($message, array $context = []);
    }
}

namespace SuiteCRM\Custom\SuiteCRMBridge\Tests\Extension8\StandIns {
    final class Container
    {
        /** @var array<int, mixed> */
        public $registered = [];

        public function register(string $id, string $class): self
        {
            $this->registered[] = [$id, $class];
            return $this;
        }

        public function setArguments(array $arguments): self
        {
            $this->registered[] = $arguments;
            return $this;
        }

        public function setAutowired(bool $autowired): self
        {
            $this->registered[] = $autowired;
            return $this;
        }

        public function addTag(string $tag): self
        {
            $this->registered[] = $tag;
            return $this;
        }
    }

    final class Modules implements \App\Module\Service\ModuleNameMapperInterface
    {
        public function toLegacy(string $module): string
        {
            return ucfirst($module);
        }
    }

    final class Logger implements \Psr\Log\LoggerInterface
    {
        /** @var string[] */
        public $errors = [];

        public function error($message, array $context = []): void
        {
            $this->errors[] = $message;
        }
    }
}
